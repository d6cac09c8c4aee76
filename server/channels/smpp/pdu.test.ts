import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Framing, longestFrame } from './framing.ts';
import { decodePdu, encodePdu, noParameters, type Pdu } from './pdu.ts';

const octet = fc.nat(255);
const word = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 20,
});
const octets = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((each) => Buffer.from(each));

const head = { status: fc.nat(0xffff_ffff), sequence: fc.nat(0x7fff_ffff) };
const parameters = fc
  .array(fc.tuple(fc.nat(0xffff), octets(50)), { maxLength: 5 })
  .map((each): ReadonlyMap<number, Buffer> => new Map(each));
const route = {
  serviceType: word,
  sourceTon: octet,
  sourceNpi: octet,
  source: word,
  destinationTon: octet,
  destinationNpi: octet,
  destination: word,
  esmClass: octet,
};
const message = fc.record({
  ...route,
  protocolId: octet,
  priority: octet,
  scheduledFor: word,
  validFor: word,
  registeredDelivery: octet,
  replaceIfPresent: octet,
  dataCoding: octet,
  defaultMessageId: octet,
  shortMessage: octets(254),
});

const pdu: fc.Arbitrary<Pdu> = fc.oneof(
  fc.record({
    command: fc.constantFrom('submitSm' as const, 'deliverSm' as const),
    ...head,
    fields: message,
    parameters,
  }),
  fc.record({
    command: fc.constant('dataSm' as const),
    ...head,
    fields: fc.record({ ...route, registeredDelivery: octet, dataCoding: octet }),
    parameters,
  }),
  fc.record({
    command: fc.constantFrom('submitSmResp' as const, 'deliverSmResp' as const, 'dataSmResp' as const),
    ...head,
    fields: fc.record({ messageId: word }),
    parameters,
  }),
  fc.record({
    command: fc.constantFrom(
      'unbind' as const,
      'unbindResp' as const,
      'enquireLink' as const,
      'enquireLinkResp' as const,
      'genericNack' as const,
    ),
    ...head,
    fields: fc.constant({}),
    parameters,
  }),
  fc.record({
    command: fc.constant('bindTransceiver' as const),
    ...head,
    fields: fc.record({
      systemId: word,
      password: word,
      systemType: word,
      interfaceVersion: octet,
      addressTon: octet,
      addressNpi: octet,
      addressRange: word,
    }),
    parameters,
  }),
);

describe('a PDU', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(pdu, (written) => {
        const frame = encodePdu(written);
        expect(frame.readUInt32BE()).toBe(frame.length);
        expect(decodePdu(frame)).toEqual({ kind: 'pdu', pdu: written });
      }),
    );
  });

  it('is what the standard prints (SMPP 3.4, 4.1.6)', () => {
    const bind = Buffer.from(
      '0000002f000000020000000000000001534d50503354455354007365637265743038005355424d4954310000010100',
      'hex',
    );
    bind.writeUInt32BE(9, 4); // the same as a transceiver
    bind.writeUInt8(0x34, bind.length - 4);
    const fields = {
      systemId: 'SMPP3TEST',
      password: 'secret08',
      systemType: 'SUBMIT1',
      interfaceVersion: 0x34,
      addressTon: 1,
      addressNpi: 1,
      addressRange: '',
    };
    expect(encodePdu({ command: 'bindTransceiver', status: 0, sequence: 1, fields, parameters: noParameters })).toEqual(
      bind,
    );
  });

  it('may be any octets: nothing is thrown, and a request is always answered', () => {
    const commands = [0x5, 0x9, 0x15, 0x103, 0x8000_0004, 0x8000_0000, 0x102, 0x8000_0102, 0xb];
    fc.assert(
      fc.property(fc.constantFrom(...commands), fc.uint8Array({ minLength: 8, maxLength: 300 }), (id, rest) => {
        const frame = Buffer.concat([Buffer.alloc(8), rest]);
        frame.writeUInt32BE(frame.length);
        frame.writeUInt32BE(id, 4);
        const decoded = decodePdu(frame);
        if (decoded.kind === 'malformed' || decoded.kind === 'unknown') expect(decoded.status).not.toBe(0);
        if (id === 0x102) expect(decoded).toMatchObject({ kind: 'unknown', status: 3 });
        if (id === 0x8000_0102) expect(decoded.kind).toBe('strayResponse');
      }),
    );
  });

  it.each([
    ['a refusal without its body', '00000010800000040000005800000007', { kind: 'pdu', pdu: { status: 0x58 } }],
    ['a body that is too short', '00000011000000050000000000000007' + '00', { kind: 'malformed', status: 2 }],
    [
      'a parameter that runs over',
      '00000015000000150000000000000007' + '0427000901',
      { kind: 'malformed', status: 0xc0 },
    ],
    ['three octets too many', '00000013000000150000000000000007' + '000000', { kind: 'malformed', status: 0xc0 }],
  ])('%s', (_, hex, expected) => {
    expect(decodePdu(Buffer.from(hex, 'hex'))).toMatchObject(expected);
  });
});

describe('a stream of octets', () => {
  it('is cut into the same PDUs, however it is divided', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(pdu, { minLength: 1, maxLength: 8 }), cuts, (pdus, sizes) => {
        const frames = pdus.map(encodePdu);
        const stream = Buffer.concat(frames);
        const framing = new Framing();
        const taken: Buffer[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          taken.push(...framing.take(Buffer.from(stream.subarray(at, at + size))));
          at += size;
        }
        expect(Buffer.concat(taken)).toEqual(stream);
        expect(taken.map(({ length }) => length)).toEqual(frames.map(({ length }) => length));
        expect(framing.isHalfway || framing.isBroken).toBe(false);
      }),
    );
  });

  it.each([0, 15, longestFrame + 1, 0xffff_ffff])('is broken by the length %i, after what was whole', (length) => {
    const whole = encodePdu({ command: 'enquireLink', status: 0, sequence: 1, fields: {}, parameters: noParameters });
    const absurd = Buffer.alloc(4);
    absurd.writeUInt32BE(length);
    const framing = new Framing();
    expect(framing.take(Buffer.concat([whole, absurd, whole]))).toEqual([whole]);
    expect(framing.isBroken).toBe(true);
    expect(framing.take(whole)).toEqual([]);
  });
});
