import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeUcs2 } from '../sms-text/index.ts';
import { longestFrame } from './framing.ts';
import type { SmppTimings } from './link.ts';
import { encodePdu, noParameters, type FieldsOf, type Pdu } from './pdu.ts';
import { listening, startMessageCentre, until, type MessageCentre } from './testing.ts';
import { boundLink, watchLink, type WatchedLink } from './testing-link.ts';

const phone = '989121234567';
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const message: FieldsOf<'deliverSm'> = {
  serviceType: '',
  sourceTon: 1,
  sourceNpi: 1,
  source: phone,
  destinationTon: 0,
  destinationNpi: 1,
  destination: '1666',
  esmClass: 0,
  protocolId: 0,
  priority: 0,
  scheduledFor: '',
  validFor: '',
  registeredDelivery: 0,
  replaceIfPresent: 0,
  dataCoding: 8,
  defaultMessageId: 0,
  shortMessage: encodeUcs2('کد ملی ۰۰۱۲۳۴۵۶۷۹'),
};
const head = { status: 0, parameters: noParameters };
const part = Buffer.concat([Buffer.from('050003070201', 'hex'), encodeUcs2('اول')]);
const receipt = Buffer.from('id:7 stat:DELIVRD err:000');

/** One of each kind that a message centre sends; what is sent is one of these, spoilt. */
const sound: readonly Pdu[] = [
  { command: 'deliverSm', ...head, sequence: 1_001, fields: message },
  { command: 'deliverSm', ...head, sequence: 1_002, fields: { ...message, esmClass: 0x40, shortMessage: part } },
  {
    command: 'deliverSm',
    ...head,
    sequence: 1_003,
    fields: { ...message, esmClass: 4, dataCoding: 0, shortMessage: receipt },
    parameters: new Map([
      [0x1e, Buffer.from('7\0')],
      [0x427, Buffer.of(2)],
    ]),
  },
  {
    command: 'deliverSm',
    ...head,
    sequence: 1_004,
    fields: message,
    parameters: new Map([
      [0x501, Buffer.of(1)],
      [0x1383, Buffer.of(7, 2)],
    ]),
  },
  { command: 'submitSmResp', ...head, sequence: 1, fields: { messageId: '7' } },
  { command: 'enquireLink', ...head, sequence: 1_005, fields: {} },
  { command: 'enquireLinkResp', ...head, sequence: 2, fields: {} },
  { command: 'bindTransceiverResp', ...head, sequence: 1, fields: { systemId: 'NETSMPP' } },
  { command: 'genericNack', ...head, status: 3, sequence: 1, fields: {} },
];

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

interface Spoilt {
  readonly octets: Buffer;
  /** Its length is a lie: the stream after it cannot be read. */
  readonly breaksFrame: boolean;
}

function spoil(random: (below: number) => number): Spoilt {
  const frames = sound.map(encodePdu);
  const frame = Buffer.from(frames[random(frames.length)] ?? '');
  const withLength = (octets: Buffer): Spoilt => {
    octets.writeUInt32BE(octets.length);
    return { octets, breaksFrame: false };
  };
  if (random(50) === 0) {
    const lies = [random(16), longestFrame + 1 + random(0x7fff_0000), frame.length + 1 + random(200), longestFrame];
    frame.writeUInt32BE(lies[random(lies.length)] ?? 0);
    return { octets: frame, breaksFrame: true };
  }
  const junk = Buffer.from(Array.from({ length: 1 + random(40) }, () => random(256)));
  switch (random(5)) {
    case 0:
      return withLength(Buffer.from(frame.subarray(0, Math.max(16, 16 + random(frame.length - 15)))));
    case 1:
      return withLength(Buffer.concat([frame, junk]));
    case 2:
      return withLength(Buffer.concat([frame.subarray(0, 16), junk]));
    case 3:
      frame.writeUInt32BE(random(2) * 0x8000_0000 + random(0x200), 4);
      return withLength(frame);
    default:
      for (let count = 1 + random(8); count > 0; count -= 1)
        frame.writeUInt8(random(256), 4 + random(frame.length - 4));
      return withLength(frame);
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Until a sound message arrives. */
async function recovered(centre: MessageCentre, arrived: () => number): Promise<number> {
  const begin = performance.now();
  const before = arrived();
  const sendOne = `mo ${phone} 1420 0 0 31`;
  while (arrived() === before) {
    await centre.tell(sendOne);
    for (let waited = 0; waited < 30 && arrived() === before; waited += 1) await sleep(1);
  }
  return performance.now() - begin;
}

function listenTo(link: WatchedLink): () => number {
  let arrived = 0;
  link.onMessage(({ to, text }) => {
    if (to === '1420' && text === '1') arrived += 1;
    return Promise.resolve();
  });
  link.onUssd(() => Promise.resolve());
  return () => arrived;
}

describe('malformed PDUs', () => {
  it('10,000 of them: the session is there again within 2 s each time, and memory does not grow', async () => {
    const centre = await startMessageCentre();
    ends.push(() => centre.close());
    const link = await boundLink(centre, {}, { frameSeconds: 0.1, reassemblySeconds: 1 });
    ends.push(() => link.close());
    const arrived = listenTo(link);
    const random = randomFrom(20_261_123);
    const heaps: number[] = [];
    let slowestMs = 0;
    let batch: Buffer[] = [];
    for (let sent = 1; sent <= 10_000; sent += 1) {
      const { octets, breaksFrame } = spoil(random);
      batch.push(octets);
      if (breaksFrame || batch.length === 50) {
        await centre.tell(`raw ${Buffer.concat(batch).toString('hex')}`);
        batch = [];
        slowestMs = Math.max(slowestMs, await recovered(centre, arrived));
      }
      if (sent % 2_500 === 0) heaps.push(heapMegabytes());
    }
    expect(slowestMs).toBeLessThan(2_000);
    expect(link.seen.filter((each) => each === 'malformed').length).toBeGreaterThan(2_000);
    expect(link.seen).toContain('lost badFrame');
    expect(link.seen).toContain('lost frameTimeout');
    expect((heaps.at(-1) ?? Infinity) - (heaps[0] ?? 0)).toBeLessThan(5);
    expect(await link.send({ to: phone, text: 'سلام' })).toMatchObject({ kind: 'accepted' });
    expect(link.state()).toMatchObject({ isBound: true, queued: 0, unanswered: 0, handling: 0 });
  });

  it('that stops half-way does not hold the session for 2 s, with the timings of every day', async () => {
    const centre = await startMessageCentre();
    ends.push(() => centre.close());
    const everyDay: Partial<SmppTimings> = {
      frameSeconds: 1.5,
      reconnectFirstSeconds: 0.2,
      reconnectLongestSeconds: 30,
    };
    const link = await boundLink(centre, {}, everyDay);
    ends.push(() => link.close());
    const begin = performance.now();
    await centre.tell('raw 000000400000000500');
    await until('it was given up', () => link.seen.includes('lost frameTimeout'));
    await until('it is bound', () => link.state().isBound);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  it.each([
    ['a request that nobody knows', '00000010000001020000000000000007', '8000000000000003'],
    ['a request that is not ours to answer', '00000010000000090000000000000007', '8000000000000002'],
    ['a message without an end', '00000011000000050000000000000007' + '41', '8000000500000002'],
    ['an absurd length', '0000000f000000150000000000000007', '8000000000000002'],
  ])('%s is answered', async (_, hex, expected) => {
    const received: Buffer[] = [];
    const { address, close } = await listening((socket) => {
      socket.on('data', (octets: Buffer) => {
        if (received.push(octets) > 1) return;
        const bound = Buffer.from('00000011800000090000000000000000' + '00', 'hex');
        octets.copy(bound, 12, 12, 16);
        socket.write(Buffer.concat([bound, Buffer.from(hex, 'hex')]));
      });
    });
    ends.push(close);
    const link = watchLink({
      addresses: [address],
      timings: { reconnectFirstSeconds: 30, reconnectLongestSeconds: 30, closeSeconds: 0.1 },
    });
    ends.push(() => link.close());
    await until('it is answered', () => received.length > 1);
    expect(received[1]?.subarray(4, 12).toString('hex')).toBe(expected);
  });

  it('a refusal by generic_nack answers the message', async () => {
    const { address, close } = await listening((socket) => {
      socket.on('data', (octets: Buffer) => {
        const answer = Buffer.from(octets.subarray(0, 16));
        answer.writeUInt32BE(16);
        const isBind = octets.readUInt32BE(4) === 9;
        answer.writeUInt32BE(isBind ? 0x8000_0009 : 0x8000_0000, 4);
        answer.writeUInt32BE(isBind ? 0 : 2, 8);
        socket.write(answer);
      });
    });
    ends.push(close);
    const link = watchLink({ addresses: [address], timings: { closeSeconds: 0.1 } });
    ends.push(() => link.close());
    expect(await link.send({ to: phone, text: 'سلام' })).toEqual({
      kind: 'refused',
      status: 2,
      temporary: false,
      ids: [],
    });
  });
});
