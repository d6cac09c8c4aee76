import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeUcs2 } from '../sms-text/index.ts';
import type { UssdStep } from './link.ts';
import { startMessageCentre, until, type MessageCentre } from './testing.ts';
import { boundLink, type WatchedLink } from './testing-link.ts';

const phone = '989121234567';

let centre: MessageCentre;
let link: WatchedLink | undefined;
beforeEach(async () => {
  centre = await startMessageCentre();
});
afterEach(async () => {
  await link?.close();
  await centre.close();
});

interface Sent {
  readonly text: string;
  readonly src: string;
  readonly dst: string;
  readonly dcs: number;
  readonly esm: number;
  readonly len: number;
  readonly reg: number;
  readonly udh: string;
  readonly id: string;
  readonly status: number;
  readonly tlv: Readonly<Record<string, string>>;
}

const sentLately = (count = 10): Promise<readonly Sent[]> => centre.tell(`log ${count}`);
const hexOf = (text: string): string => encodeUcs2(text).toString('hex');
const statsOf = (): Promise<Record<string, number>> => centre.tell('stats');

describe('a message to a subscriber', () => {
  it('in Persian arrives as it is, without bidi controls', async () => {
    link = await boundLink(centre);
    const result = await link.send({ to: `+${phone}`, text: '\u202bدارای استحقاق درمان\u202c\nرهگیری ۱۲۳۴' });
    const [sent] = await sentLately();
    expect(sent).toMatchObject({
      text: 'دارای استحقاق درمان\nرهگیری ۱۲۳۴',
      src: '1666',
      dst: phone,
      dcs: 8,
      esm: 0,
      reg: 1,
    });
    expect(result).toEqual({ kind: 'accepted', ids: [sent?.id] });
  });

  it('in Latin letters takes an octet for each', async () => {
    link = await boundLink(centre);
    await link.send({ to: phone, text: 'entitled {1}', from: '1420', wantsReceipt: false });
    expect(await sentLately()).toMatchObject([{ src: '1420', dcs: 0, len: 14, reg: 0 }]);
  });

  it.each([
    ['udh8', 6, 67],
    ['udh16', 7, 66],
    ['sar', 0, 66],
  ])('that is long goes out in parts (%s)', async (concatenation, headerOctets, room) => {
    link = await boundLink(centre, { concatenation });
    const text = `${'استحقاق '.repeat(20)}😀`;
    const result = await link.send({ to: phone, text });
    const sent = await sentLately();
    expect(sent.map((part) => part.text).join('')).toBe(text);
    expect(sent.length).toBe(Math.ceil(text.length / room));
    expect(result).toEqual({ kind: 'accepted', ids: sent.map(({ id }) => id) });
    for (const [index, part] of sent.entries()) {
      expect(part.udh.length).toBe(headerOctets * 2);
      const place =
        concatenation === 'sar' ? [part.tlv['sar_total_segments'], part.tlv['sar_segment_seqnum']].join('') : part.udh;
      expect(place).toMatch(new RegExp(`0${sent.length}0${index + 1}$`));
    }
    const references = sent.map(({ udh, tlv }) => tlv['sar_msg_ref_num'] ?? udh.slice(0, -4));
    expect(new Set(references).size).toBe(1);
  });

  it('that is long may go out whole', async () => {
    link = await boundLink(centre, { concatenation: 'payload' });
    const text = 'استحقاق '.repeat(50);
    await link.send({ to: phone, text });
    expect(await sentLately()).toMatchObject([{ text, udh: '' }]);
  });

  it('follows the operator in alphabet and codes', async () => {
    link = await boundLink(centre, { dataCoding: { defaultAlphabet: 'latin1', default: 3, ucs2: 24 } });
    await link.send({ to: phone, text: 'é@£' });
    await link.send({ to: phone, text: 'Δ' });
    expect(await sentLately()).toMatchObject([
      { text: 'é@£', dcs: 3 },
      { text: 'Δ', dcs: 24 },
    ]);
  });

  it('that cannot be carried is not sent', async () => {
    link = await boundLink(centre);
    const unsendable = { kind: 'notSent', reason: 'unsendable', ids: [] };
    expect(await link.send({ to: '', text: 'سلام' })).toEqual(unsendable);
    expect(await link.send({ to: '9'.repeat(21), text: 'سلام' })).toEqual(unsendable);
    expect(await link.send({ to: phone, text: 'س'.repeat(67 * 255 + 1) })).toEqual(unsendable);
    expect(await sentLately()).toEqual([]);
  });

  it.each([
    ['0b', 0x0b, false],
    ['08', 0x08, true],
  ])('that is refused with %s says so', async (hex, status, temporary) => {
    link = await boundLink(centre);
    await centre.tell(`set submit_status=${hex}`);
    expect(await link.send({ to: phone, text: 'سلام' })).toEqual({ kind: 'refused', status, temporary, ids: [] });
  });

  it('without an answer is neither sent nor not sent', async () => {
    await centre.tell('set resp_delay=5');
    link = await boundLink(centre, { responseSeconds: 0.2 });
    expect(await link.send({ to: phone, text: 'سلام' })).toEqual({ kind: 'unknown', reason: 'noAnswer', ids: [] });
    expect(link.state()).toMatchObject({ isBound: true, unanswered: 0 });
  });
});

describe('a message from a subscriber', () => {
  const deliver = (hex: string, rest = '', esm = 0): Promise<unknown> =>
    centre.tell(`mo ${phone} 1666 8 ${esm} ${hex} ${rest}`);

  it('in Persian arrives as it was written', async () => {
    link = await boundLink(centre);
    await deliver(hexOf('کد ملي ۰۰۱۲۳۴۵۶۷۹'));
    await until('it is here', () => link?.messages.length === 1);
    expect(link.messages).toEqual([
      { from: phone, to: '1666', text: 'کد ملي ۰۰۱۲۳۴۵۶۷۹', receivedAt: expect.any(Date) as unknown },
    ]);
  });

  it('in the default alphabet, in a payload, and with an id', async () => {
    link = await boundLink(centre);
    await centre.tell(`mo ${phone} 1666 0 0 001b65`);
    await deliver('-', `message_payload=${hexOf('سلام')} receipted_message_id=${Buffer.from('77\0').toString('hex')}`);
    await until('both are here', () => link?.messages.length === 2);
    expect(link.messages).toMatchObject([{ text: '@€' }, { text: 'سلام', id: '77' }]);
  });

  it.each([
    ['an 8-bit reference', 64, '050003070301', '050003070302', '050003070303', ['', '', '']],
    ['a 16-bit reference', 64, '06080401070301', '06080401070302', '06080401070303', ['', '', '']],
    [
      'parameters',
      0,
      '',
      '',
      '',
      [1, 2, 3].map((n) => `sar_msg_ref_num=0107 sar_total_segments=03 sar_segment_seqnum=0${n}`),
    ],
  ] as const)('in parts, out of order and twice, is put together by %s', async (_, esm, first, second, third, rest) => {
    link = await boundLink(centre);
    // The second part begins with the second half of a pair, as some phones cut.
    const [a, b, c] = [`${first}${hexOf('اول')}d83d`, `${second}de00${hexOf('دوم')}`, `${third}${hexOf('سوم')}`];
    await deliver(c, rest[2], esm);
    await deliver(a, rest[0], esm);
    await deliver(a, rest[0], esm);
    await deliver(b, rest[1], esm);
    await until('it is here', () => link?.messages.length === 1);
    expect(link.messages).toMatchObject([{ from: phone, text: 'اول😀دومسوم' }]);
    await until('all parts are acknowledged', async () => (await statsOf())['unanswered_deliver'] === 0);
    expect((await statsOf())['deliver_status_100']).toBeUndefined();
  });

  it('is acknowledged only when it was handled, and asked for again when it was not', async () => {
    link = await boundLink(centre);
    const { promise: handled, resolve, reject } = Promise.withResolvers<undefined>();
    link.onMessage(() => handled);
    await deliver(hexOf('سلام'));
    await until('it is at the handler', () => link?.state().handling === 1);
    await sleep(100);
    expect((await statsOf())['unanswered_deliver']).toBe(1);
    reject(new Error('no store'));
    resolve(undefined);
    await until('it is answered', async () => (await statsOf())['deliver_status_100'] === 1);
    expect(link.seen).toContain('message failed');
  });

  it('in parts is tried again as a whole when one part comes again', async () => {
    link = await boundLink(centre);
    let tries = 0;
    link.onMessage(({ text }) => {
      expect(text).toBe('اولدوم');
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('no store')) : Promise.resolve();
    });
    await deliver(`050003070201${hexOf('اول')}`, '', 64);
    await deliver(`050003070202${hexOf('دوم')}`, '', 64);
    await until('both parts are refused', async () => (await statsOf())['deliver_status_100'] === 2);
    await deliver(`050003070202${hexOf('دوم')}`, '', 64);
    await until('it is handled', async () => tries === 2 && (await statsOf())['unanswered_deliver'] === 0);
    expect((await statsOf())['deliver_status_100']).toBe(2);
  });

  it('does not wait for ever for a part', async () => {
    link = await boundLink(centre, {}, { reassemblySeconds: 0.3 });
    await deliver(`050003070201${hexOf('اول')}`, '', 64);
    await until('the part is acknowledged alone', async () => (await statsOf())['unanswered_deliver'] === 0);
    await sleep(300);
    await deliver(`050003080201${hexOf('دیگر')}`, '', 64);
    await until('the first is given up', () => link?.seen.includes('1 dropped') === true);
    expect(link.messages).toEqual([]);
  });

  it('beyond the window is put off, and nothing is lost', async () => {
    link = await boundLink(centre, { inboundWindow: 5 });
    link.onMessage(async () => {
      expect(link?.state().handling).toBeLessThanOrEqual(5);
      await sleep(2);
    });
    const { burst } = await centre.tell<{ burst: number }>(`burst 200 20 ${phone} 1666 8 0633`);
    expect(burst).toBe(200);
    expect(link.seen.filter((each) => each === 'message handled')).toHaveLength(200);
    expect((await statsOf())['deliver_status_20']).toBeGreaterThan(0);
  });

  it('whose handler never ends is put off, and gives its place free', async () => {
    link = await boundLink(centre, { inboundWindow: 1 }, { handlerSeconds: 0.1 });
    const handled: string[] = [];
    link.onMessage(({ text }) => {
      handled.push(text);
      return handled.length === 1 ? new Promise(() => undefined) : Promise.resolve();
    });
    await deliver(hexOf('اول'));
    await until('it is put off', async () => (await statsOf())['deliver_status_100'] === 1);
    await deliver(hexOf('دوم'));
    await until('the next one is handled', () => handled.length === 2);
    expect(link.state().handling).toBe(0);
  });

  it('without a handler is put off', async () => {
    const { createSmppLink } = await import('./create-link.ts');
    const { usualOperator } = await import('./operator.ts');
    const bare = createSmppLink({
      addresses: [centre.address],
      operator: usualOperator,
      clock: { now: () => new Date() },
    });
    await until('it is bound', () => bare.state().isBound);
    await deliver(hexOf('سلام'));
    await until('it is put off', async () => (await statsOf())['deliver_status_100'] === 1);
    await bare.close();
  });
});

describe('a receipt', () => {
  const hexIds = {
    messageIds: { inAnswer: 'hexadecimal', inReceiptText: 'decimal', inReceiptParameter: 'hexadecimal' },
  };

  it.each([
    ['after the answer', '', {}],
    ['before the answer', 'dlr_first=1 resp_delay=0.3', {}],
    ['in decimal where the answer was hexadecimal', 'hexid=1', hexIds],
    ['in decimal, without parameters', 'hexid=1 dlr_tlv=0', hexIds],
    ['in decimal, before the answer', 'hexid=1 dlr_tlv=0 dlr_first=1 resp_delay=0.3', hexIds],
  ])('that comes %s names the message', async (_, settings, operator) => {
    await centre.tell(`set ${settings}`);
    link = await boundLink(centre, operator);
    const sending = link.send({ to: phone, text: 'سلام' });
    const order: string[] = [];
    link.onReceipt(({ id }) => {
      order.push(`receipt ${id}`);
      return Promise.resolve();
    });
    const result = await sending;
    order.push(`answer ${result.ids.join()}`);
    await until('the receipt is here', () => order.length === 2);
    expect(result.kind).toBe('accepted');
    expect(order).toEqual([`answer ${result.ids.join()}`, `receipt ${result.ids.join()}`]);
    await until('it is acknowledged', async () => (await statsOf())['unanswered_deliver'] === 0);
  });

  it('says what became of it', async () => {
    await centre.tell('set dlr=UNDELIV');
    link = await boundLink(centre);
    await link.send({ to: phone, text: 'سلام' });
    await until('the receipt is here', () => link?.receipts.length === 1);
    expect(link.receipts).toMatchObject([{ state: 'undeliverable', isFinal: true, error: '000' }]);
  });

  it('of a message that nobody remembers is not held for long, and not taken for another', async () => {
    link = await boundLink(centre);
    const text = Buffer.from('id:123 stat:DELIVRD err:000').toString('hex');
    await centre.tell(`mo ${phone} 1666 0 4 ${text}`);
    await until('the receipt is here', () => link?.receipts.length === 1, 1_000);
    expect(link.receipts).toMatchObject([{ id: '123', possibleIds: ['123'], state: 'delivered' }]);
    expect(link.messages).toEqual([]);
  });
});

describe('a dialogue', () => {
  interface Dialogue {
    readonly done?: string;
    readonly sid: number;
    readonly screens: readonly { readonly op: number; readonly text: string; readonly si: string }[];
  }

  it('is shown screen after screen until we end it', async () => {
    link = await boundLink(centre);
    const steps: UssdStep[] = [];
    link.onUssd(async (step) => {
      steps.push(step);
      const result = await step.reply(
        step.operation === 'begin' ? '۱ استحقاق من' : 'پایان',
        step.operation === 'answer',
      );
      expect(result.kind).toBe('accepted');
    });
    await centre.tell(`ussd ${phone} *1666# ۱`);
    await until(
      'it has ended',
      async () => (await centre.tell<Record<string, Dialogue>>('dialogs'))[phone]?.done !== undefined,
    );
    const dialogue = (await centre.tell<Record<string, Dialogue>>('dialogs'))[phone];
    const session = dialogue?.sid.toString(16).padStart(2, '0') ?? '';
    expect(dialogue).toMatchObject({
      done: 'released by application',
      screens: [
        { op: 2, text: '۱ استحقاق من', si: `${session}02` },
        { op: 17, text: 'پایان', si: `${session}05` },
      ],
    });
    expect(steps).toMatchObject([
      { operation: 'begin', text: '*1666#', from: phone, to: '*1666#', sessionId: `${phone}-${session}` },
      { operation: 'answer', text: '۱', sessionId: `${phone}-${session}` },
    ]);
    await until('all is acknowledged', async () => (await statsOf())['unanswered_deliver'] === 0);
  });

  it("speaks the operator's codes and carries its session as it came", async () => {
    const ussd = {
      serviceType: 'WSMS',
      sessionTag: 0x1383,
      sessionForm: 'opaque',
      incoming: { begin: [33], answer: [34], abort: [35] },
      outgoing: { ask: 36, end: 37 },
    };
    link = await boundLink(centre, { ussd, dataCoding: { ussdUcs2: 72 } });
    const steps: string[] = [];
    link.onUssd(async ({ operation, reply }) => {
      steps.push(operation);
      if (operation !== 'abort') await reply('پایان', true);
    });
    for (const code of ['21', '22', '23', '24']) {
      await centre.tell(`mo ${phone} *1666# 0 0 31 ussd_service_op=${code} its_session_info=a1b2`);
    }
    await until('all is acknowledged', async () => (await statsOf())['unanswered_deliver'] === 0);
    expect(steps).toEqual(['begin', 'answer', 'abort']);
    expect(link.seen).toContain('other handled');
    await until('both screens are there', async () => (await sentLately()).length === 2);
    expect((await sentLately())[0]).toMatchObject({
      dcs: 72,
      svc: 'WSMS',
      src: '*1666#',
      dst: phone,
      tlv: { ussd_service_op: '25', its_session_info: 'a1b2' },
    } as unknown as Sent);
  });

  it('that could not be answered is put off', async () => {
    link = await boundLink(centre);
    link.onUssd(() => Promise.reject(new Error('no store')));
    await centre.tell(`ussd ${phone} *1666#`);
    await until('it is put off', async () => (await statsOf())['deliver_status_100'] === 1);
  });
});
