import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findSmppAddresses } from './address.ts';
import { alphabetOf } from './data-coding.ts';
import { OperatorInvalid, readOperator, usualOperator } from './operator.ts';
import { findReceipt, idIn } from './receipt.ts';

describe('an address', () => {
  it('names host, port and account', () => {
    expect(findSmppAddresses('smpp://esme:p%40ss@smsc.example:2776')).toEqual([
      { host: 'smsc.example', port: 2776, isTls: false, systemId: 'esme', password: 'p@ss' },
    ]);
  });

  it('may be one of several, over TLS, without port or account', () => {
    expect(findSmppAddresses('smpps://a:b@one.example, smpp://[::1]')).toEqual([
      { host: 'one.example', port: 3550, isTls: true, systemId: 'a', password: 'b' },
      { host: '::1', port: 2775, isTls: false, systemId: '', password: '' },
    ]);
  });

  it.each([
    '',
    'smsc.example',
    'http://a:b@c',
    'smpp://a:b@c/path',
    'smpp://a:b@c:0',
    'smpp://a:b@c,',
    'smpp://a:%ff@c',
  ])('is not %j', (written) => {
    expect(findSmppAddresses(written)).toBeUndefined();
  });
});

describe("an operator's data", () => {
  it('says what is different, at every depth', () => {
    const operator = readOperator({
      window: 50,
      dataCoding: { incoming: { '245': 'ucs2' } },
      ussd: { sessionTag: 0x1501 },
    });
    expect(operator).toEqual({
      ...usualOperator,
      window: 50,
      dataCoding: { ...usualOperator.dataCoding, incoming: { '245': 'ucs2' } },
      ussd: { ...usualOperator.ussd, sessionTag: 0x1501 },
    });
    expect(readOperator({})).toEqual(usualOperator);
  });

  it('stands in the operations guide as it is', () => {
    const guide = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const [, written = ''] = /<!-- operator: usual values -->\s*```json\n(.*?)```/s.exec(guide) ?? [];
    expect(JSON.parse(written)).toEqual(usualOperator);
  });

  it.each([
    ['/window', { window: 0 }],
    ['/dataCoding/defaultAlphabet', { dataCoding: { defaultAlphabet: 'utf8' } }],
    ['/dataCoding/incoming/256', { dataCoding: { incoming: { '256': 'ucs2' } } }],
    ['/messageIds/inAnswer', { messageIds: { inAnswer: 'octal' } }],
    ['/windows', { windows: 5 }],
    ['/ussd/sesionTag', { ussd: { sesionTag: 5 } }],
    ['/', []],
    ['/', null],
    ['/__proto__', JSON.parse('{"__proto__": {"window": 5}}') as unknown],
  ])('is refused at %s', (path, data) => {
    expect(() => readOperator(data)).toThrow(OperatorInvalid);
    expect(() => readOperator(data)).toThrow(`at ${path}:`);
  });
});

describe('a data coding', () => {
  const operator = readOperator({ dataCoding: { defaultAlphabet: 'latin1', incoming: { '4': 'ucs2' } } });
  it.each([
    [0, 'latin1'],
    [1, 'ascii'],
    [2, 'binary'],
    [3, 'latin1'],
    [4, 'ucs2'],
    [8, 'ucs2'],
    [15, 'latin1'],
    [0x11, 'latin1'],
    [0x18, 'ucs2'],
    [0x19, 'ucs2'],
    [0x48, 'ucs2'],
    [0xe0, 'ucs2'],
    [0xf1, 'latin1'],
    [0xf5, 'binary'],
  ])('%i means %s', (code, alphabet) => {
    expect(alphabetOf(code, operator)).toBe(alphabet);
  });
});

describe('a receipt', () => {
  const text = 'id:0A1b sub:001 dlvrd:000 submit date:2611230700 done date:2611230701 stat:UNDELIV err:027 text:id:9';

  it('is read from its text', () => {
    expect(findReceipt(text, new Map(), usualOperator)).toEqual({
      id: '0A1b',
      possibleIds: ['0A1b'],
      state: 'undeliverable',
      isFinal: true,
      error: '027',
    });
  });

  it('is read from its parameters first', () => {
    const parameters = new Map([
      [0x1e, Buffer.from('77\0')],
      [0x427, Buffer.of(2)],
    ]);
    expect(findReceipt(text, parameters, usualOperator)).toMatchObject({
      id: '77',
      possibleIds: ['77', '0A1b'],
      state: 'delivered',
    });
    expect(findReceipt('', parameters, usualOperator)).toMatchObject({ id: '77', state: 'delivered' });
  });

  it('of which nobody can say what it is about is none', () => {
    expect(findReceipt('stat:DELIVRD', new Map(), usualOperator)).toBeUndefined();
  });

  it.each([
    ['on its way', 'stat:ENROUTE', 'enroute', false],
    ['delivered', 'stat:DELIVRD', 'delivered', true],
    ['delivered, in full', 'Stat:delivered', 'unknown', true],
    ['not known', 'stat:', 'unknown', true],
  ])('says %s', (_, stat, state, isFinal) => {
    expect(findReceipt(`id:1 ${stat}`, new Map(), usualOperator)).toMatchObject({ state, isFinal });
  });

  it('names the same message in decimal and hexadecimal', () => {
    expect(idIn('hexadecimal', '00A1b2')).toBe(idIn('decimal', '0041394'));
    expect(idIn('asIs', '007')).toBe('007');
    expect(idIn('decimal', 'x7')).toBe('x7');
    expect(idIn('hexadecimal', '1'.repeat(66))).toBe('1'.repeat(66));
  });
});
