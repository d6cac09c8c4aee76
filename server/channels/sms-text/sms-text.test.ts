import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeGsm,
  decodeUcs2,
  encodeGsm,
  encodeUcs2,
  gsmSeptets,
  readableText,
  readUserData,
  Reassembly,
  segment,
  withoutBidiControls,
  writeConcatenation,
  type Concatenation,
  type Part,
} from './index.ts';

const gsmText = fc
  .array(
    fc.constantFrom(
      ...Array.from('@£$¥èéùìòÇ\nØøΔ_ΦΓΛ ÆæßÉ!"#¤%&\'()*+,-./0123456789:;<=>?AZÄÖÑÜ§azäöñüà\f^{}\\[~]|€'),
    ),
  )
  .map((characters) => characters.join(''));
/** Persian with joiners, vowel marks, digits, and signs beyond the first plane. */
const persianText = fc
  .array(fc.constantFrom('س', 'ل', 'ا', 'م', 'می\u200cشود', 'ۀ', 'مُ', '۱', ' ', '\n', '😀', '👨‍👩‍👧', '🇮🇷', 'a'), {
    maxLength: 400,
  })
  .map((characters) => characters.join(''));

describe('the alphabet of GSM', () => {
  it('has 127 signs and ten more, and reads what it writes', () => {
    fc.assert(
      fc.property(gsmText, (text) => {
        const octets = encodeGsm(text);
        expect(octets?.length).toBe(gsmSeptets(text));
        expect(decodeGsm(octets ?? new Uint8Array())).toBe(text);
      }),
    );
  });

  it('reads any octets without failing', () => {
    fc.assert(fc.property(fc.uint8Array(), (octets) => typeof decodeGsm(octets) === 'string'));
    expect(decodeGsm(Uint8Array.of(0x1b, 0x65, 0x1b, 0x41, 0x1b))).toBe('€A');
  });

  it.each(['س', '۱', 'ç', '`', '\u001b', '\t', '\u200c'])('lacks %j', (text) => {
    expect(gsmSeptets(text)).toBeUndefined();
    expect(encodeGsm(text)).toBeUndefined();
  });
});

describe('UCS-2', () => {
  it('reads what it writes', () => {
    fc.assert(fc.property(persianText, (text) => decodeUcs2(encodeUcs2(text)) === text));
  });

  it('reads any octets without failing, and leaves them as they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        const before = Uint8Array.from(octets);
        expect(decodeUcs2(octets).isWellFormed()).toBe(true);
        expect(octets).toEqual(before);
      }),
    );
    expect(decodeUcs2(Uint8Array.of(0xfe, 0xff, 0x06, 0x33, 0x06))).toBe('س');
  });
});

describe('a text is divided', () => {
  it.each([
    ['a'.repeat(160), 'gsm', [160]],
    ['a'.repeat(161), 'gsm', [153, 8]],
    ['a'.repeat(306), 'gsm', [153, 153]],
    ['a'.repeat(307), 'gsm', [153, 153, 1]],
    ['€'.repeat(80), 'gsm', [80]],
    ['€'.repeat(81), 'gsm', [76, 5]],
    ['س'.repeat(70), 'ucs2', [70]],
    ['س'.repeat(71), 'ucs2', [67, 4]],
    ['س'.repeat(134), 'ucs2', [67, 67]],
    ['س'.repeat(135), 'ucs2', [67, 67, 1]],
    [`${'س'.repeat(66)}😀${'س'.repeat(5)}`, 'ucs2', [66, 7]],
    [`${'س'.repeat(66)}می\u200cشود`, 'ucs2', [67, 5]],
    [`${'س'.repeat(65)}می\u200cشود`, 'ucs2', [66, 5]],
    ['', 'gsm', [0]],
  ] as const)('%#: %j', (text, alphabet, lengths) => {
    const { parts, ...segments } = segment(text);
    expect(segments).toEqual({ alphabet, units: alphabet === 'gsm' ? gsmSeptets(text) : text.length });
    expect(parts.map((part) => part.length)).toEqual(lengths);
  });

  it('into parts that fit, are the text together, and can each be read alone', () => {
    fc.assert(
      fc.property(fc.oneof(gsmText, persianText), fc.constantFrom(6, 7), (text, headerOctets) => {
        const { parts, alphabet } = segment(text, undefined, headerOctets);
        expect(parts.join('')).toBe(text);
        for (const part of parts) {
          expect(part.isWellFormed()).toBe(true);
          expect(part.startsWith('\u200c')).toBe(false);
          const units = alphabet === 'gsm' ? (gsmSeptets(part) ?? Infinity) * 7 : part.length * 16;
          expect(units).toBeLessThanOrEqual((140 - (parts.length > 1 ? headerOctets : 0)) * 8);
        }
      }),
    );
  });

  it('also where one sign is longer than a part', () => {
    const text = `س${'\u064e'.repeat(200)}`;
    expect(segment(text).parts.map(({ length }) => length)).toEqual([67, 67, 67]);
  });
});

describe('a user data header', () => {
  const concatenation = fc
    .record({
      reference: fc.nat(255),
      form: fc.constantFrom('8bit' as const, '16bit' as const),
      total: fc.integer({ min: 2, max: 255 }),
      number: fc.integer({ min: 1, max: 255 }),
    })
    .filter(({ total, number }) => number <= total);

  it('is read as it was written', () => {
    fc.assert(
      fc.property(concatenation, fc.uint8Array(), (written, body) => {
        const read = readUserData(Buffer.concat([writeConcatenation(written), body]));
        expect(read.concatenation).toEqual(written);
        expect(Buffer.from(read.body)).toEqual(Buffer.from(body));
      }),
    );
  });

  it('may be anything at all', () => {
    fc.assert(fc.property(fc.uint8Array(), (octets) => readUserData(octets).body.length <= octets.length));
  });

  it.each([
    ['part 0 of 2', '0500030102 00'],
    ['part 3 of 2', '0500030102 03'],
    ['part 1 of 1', '0500030101 01'],
    ['a short element', '0400 020102'],
  ])('that says %s divides nothing', (_, hex) => {
    const octets = Buffer.from(`${hex.replaceAll(' ', '')}0633`, 'hex');
    expect(readUserData(octets)).toMatchObject({ concatenation: undefined, body: Buffer.from('0633', 'hex') });
  });

  it('that runs over the end is text', () => {
    const octets = Buffer.from('4161', 'hex');
    expect(readUserData(octets).body).toBe(octets);
  });

  it('is found behind other elements', () => {
    const octets = Buffer.from('0b0504158200000003070201' + '41', 'hex');
    expect(readUserData(octets).concatenation).toEqual({ reference: 7, form: '8bit', total: 2, number: 1 });
  });
});

describe('parts are put together', () => {
  const limits = { longestMs: 1_000, mostTexts: 20, mostTextsOfOneSender: 3, mostOctets: 5_000 };
  const part = (from: string, { reference, total, number }: Omit<Concatenation, 'form'>, octets = 1): Part<string> => ({
    from,
    to: '1666',
    concatenation: { reference, form: '8bit', total, number },
    content: `${from}-${reference}-${number}`,
    octets,
  });
  const start = (): { parts: Reassembly<string>; dropped: number[] } => {
    const dropped: number[] = [];
    return { parts: new Reassembly(limits, (count) => dropped.push(count)), dropped };
  };

  it('in any order, with any of them twice', () => {
    const order = fc.integer({ min: 2, max: 20 }).chain((total) => {
      const numbers = Array.from({ length: total }, (_, index) => index + 1);
      return fc
        .shuffledSubarray([...numbers, ...numbers], { minLength: total })
        .filter((chosen) => new Set(chosen).size === total)
        .map((chosen) => ({ total, chosen }));
    });
    fc.assert(
      fc.property(order, ({ total, chosen }) => {
        const { parts } = start();
        const seen = new Set<number>();
        for (const number of chosen) {
          const progress = parts.add(part('a', { reference: 9, total, number }), 0);
          seen.add(number);
          expect(progress.kind).toBe(seen.size === total ? 'whole' : 'incomplete');
          if (progress.kind !== 'whole') continue;
          expect(progress.contents).toEqual(Array.from({ length: total }, (_, index) => `a-9-${index + 1}`));
        }
        parts.forget(parts.add(part('a', { reference: 9, total, number: 1 }), 0).key);
        expect([parts.octets, parts.texts]).toEqual([0, 0]);
      }),
    );
  });

  it('not with parts of another sender, reference or number of parts', () => {
    const { parts } = start();
    parts.add(part('a', { reference: 1, total: 2, number: 1 }), 0);
    expect(parts.add(part('b', { reference: 1, total: 2, number: 2 }), 0).kind).toBe('incomplete');
    expect(parts.add(part('a', { reference: 2, total: 2, number: 2 }), 0).kind).toBe('incomplete');
    expect(parts.add(part('a', { reference: 1, total: 3, number: 2 }), 0).kind).toBe('incomplete');
    expect(parts.add(part('a', { reference: 1, total: 2, number: 2 }), 0).kind).toBe('whole');
  });

  it('until the time is over', () => {
    const { parts, dropped } = start();
    parts.add(part('a', { reference: 1, total: 2, number: 1 }), 0);
    expect(parts.add(part('a', { reference: 1, total: 2, number: 2 }), 1_000).kind).toBe('incomplete');
    expect(dropped).toEqual([1]);
  });

  it('at most so many of one sender, the oldest give way', () => {
    const { parts, dropped } = start();
    for (let reference = 0; reference < 5; reference += 1) parts.add(part('a', { reference, total: 2, number: 1 }), 0);
    expect([parts.texts, dropped]).toEqual([3, [1, 1]]);
    expect(parts.add(part('a', { reference: 4, total: 2, number: 2 }), 0).kind).toBe('whole');
  });

  it('in bounded memory, whatever comes', () => {
    const any = fc.record({
      from: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'),
      place: fc.record({
        reference: fc.nat(9),
        total: fc.integer({ min: 2, max: 9 }),
        number: fc.integer({ min: 1, max: 9 }),
      }),
      octets: fc.nat(140),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 200, maxLength: 400 }), (all) => {
        const { parts } = start();
        for (const { from, place, octets } of all) {
          if (place.number <= place.total) parts.add(part(from, place, octets), 0);
          expect(parts.texts).toBeLessThanOrEqual(limits.mostTexts);
          expect(parts.octets).toBeLessThanOrEqual(limits.mostOctets + 9 * 240);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a text to be read', () => {
  it.each([
    ['۰۰۱۲۳۴۵۶۷۹', '0012345679'],
    ['٠٠١٢٣٤٥٦٧٩', '0012345679'],
    ['００１２＊３', '0012*3'],
    ['كد ملي', 'کد ملی'],
    ['على', 'علی'],
    ['می\u200cشود', 'میشود'],
    ['سـلام', 'سلام'],
    ['سَلامٌ', 'سلام'],
    ['\u202b12\u202c\u200f \u206634\u2069\u200e\ufeff\u061c', '12 34'],
    ['12\u00a034', '12 34'],
    ['  12 \t 34  ', '12 34'],
    ['12\r\n 34\r56', '12\n34\n56'],
    ['ﻛﺪ', 'کد'],
  ])('%j', (written, read) => {
    expect(readableText(written)).toBe(read);
  });

  it('is the same when read twice, and has none of what is passed over', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readableText(text);
        expect(readableText(read)).toBe(read);
        expect(read).not.toMatch(/[\u0640\u064a\u0643\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00a0۰-۹٠-٩]/u);
      }),
    );
  });
});

it('bidi controls are not sent, and the joiner is', () => {
  expect(withoutBidiControls('\u202bمی\u200cشود\u202c \u2066رهگیری\u2069\u200f')).toBe('می\u200cشود رهگیری');
});
