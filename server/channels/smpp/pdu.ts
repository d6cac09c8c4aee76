import { counted, octet, OctetReader, OctetsInvalid, text, type Field } from './octet-fields.ts';
import { status } from './command-status.ts';

/** The PDUs of SMPP 3.4 that a transceiver meets (section 4), and how they are written. */

const message = {
  serviceType: text,
  sourceTon: octet,
  sourceNpi: octet,
  source: text,
  destinationTon: octet,
  destinationNpi: octet,
  destination: text,
  esmClass: octet,
  protocolId: octet,
  priority: octet,
  scheduledFor: text,
  validFor: text,
  registeredDelivery: octet,
  replaceIfPresent: octet,
  dataCoding: octet,
  defaultMessageId: octet,
  shortMessage: counted,
} as const;

const data = {
  serviceType: text,
  sourceTon: octet,
  sourceNpi: octet,
  source: text,
  destinationTon: octet,
  destinationNpi: octet,
  destination: text,
  esmClass: octet,
  registeredDelivery: octet,
  dataCoding: octet,
} as const;

const messageId = { messageId: text } as const;

const layouts = {
  bindTransceiver: {
    id: 0x0000_0009,
    fields: {
      systemId: text,
      password: text,
      systemType: text,
      interfaceVersion: octet,
      addressTon: octet,
      addressNpi: octet,
      addressRange: text,
    },
  },
  bindTransceiverResp: { id: 0x8000_0009, fields: { systemId: text } },
  unbind: { id: 0x0000_0006, fields: {} },
  unbindResp: { id: 0x8000_0006, fields: {} },
  submitSm: { id: 0x0000_0004, fields: message },
  submitSmResp: { id: 0x8000_0004, fields: messageId },
  deliverSm: { id: 0x0000_0005, fields: message },
  deliverSmResp: { id: 0x8000_0005, fields: messageId },
  dataSm: { id: 0x0000_0103, fields: data },
  dataSmResp: { id: 0x8000_0103, fields: messageId },
  enquireLink: { id: 0x0000_0015, fields: {} },
  enquireLinkResp: { id: 0x8000_0015, fields: {} },
  genericNack: { id: 0x8000_0000, fields: {} },
} as const;

type Layouts = typeof layouts;
export type Command = keyof Layouts;
type Values<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };
export type FieldsOf<C extends Command> = Values<Layouts[C]['fields']>;

/** Optional parameters by their tag (section 5.3.2). */
export type Parameters = ReadonlyMap<number, Buffer>;

export type PduOf<C extends Command> = {
  readonly [K in C]: {
    readonly command: K;
    readonly status: number;
    readonly sequence: number;
    readonly fields: FieldsOf<K>;
    readonly parameters: Parameters;
  };
}[C];
export type Pdu = PduOf<Command>;

/** Read from one frame; octets in it are views of that frame. */
export type Decoded =
  | { readonly kind: 'pdu'; readonly pdu: Pdu }
  /** A request whose body is not understood, or which is unknown; `status` is what to answer. */
  | {
      readonly kind: 'malformed' | 'unknown';
      readonly command: Command | undefined;
      readonly sequence: number;
      readonly status: number;
    }
  /** A response that we know nothing of: nothing can be said to it. */
  | { readonly kind: 'strayResponse' };

const headerOctets = 16;
const responseBit = 0x8000_0000;
export const noParameters: Parameters = new Map();

const commands = new Map(Object.entries(layouts).map(([name, { id }]) => [id as number, name as Command]));

const fieldsInOrder = new Map(
  Object.entries(layouts).map(([name, { fields }]) => [
    name as Command,
    Object.entries(fields as Readonly<Record<string, Field<unknown>>>),
  ]),
);

function fieldsOf(command: Command): readonly (readonly [string, Field<unknown>])[] {
  return fieldsInOrder.get(command) ?? [];
}

export function isResponse(command: Command): boolean {
  return layouts[command].id >= responseBit;
}

export function encodePdu(pdu: Pdu): Buffer {
  const values = pdu.fields as Readonly<Record<string, unknown>>;
  const fields = fieldsOf(pdu.command);
  let length = headerOctets;
  for (const [name, field] of fields) length += field.lengthOf(values[name]);
  for (const value of pdu.parameters.values()) length += 4 + value.length;
  const octets = Buffer.allocUnsafe(length);
  octets.writeUInt32BE(length, 0);
  octets.writeUInt32BE(layouts[pdu.command].id, 4);
  octets.writeUInt32BE(pdu.status, 8);
  octets.writeUInt32BE(pdu.sequence, 12);
  let at = headerOctets;
  for (const [name, field] of fields) at = field.write(values[name], octets, at);
  for (const [tag, value] of pdu.parameters) {
    at = octets.writeUInt16BE(tag, at);
    at = octets.writeUInt16BE(value.length, at);
    at += value.copy(octets, at);
  }
  return octets;
}

/**
 * Never throws, whatever the octets are.
 * @param frame one whole PDU, its length checked
 */
export function decodePdu(frame: Buffer): Decoded {
  const id = frame.readUInt32BE(4);
  const sequence = frame.readUInt32BE(12);
  const command = commands.get(id);
  if (command === undefined) {
    return id >= responseBit
      ? { kind: 'strayResponse' }
      : { kind: 'unknown', command, sequence, status: status.invalidCommandId };
  }
  const head = { command, status: frame.readUInt32BE(8), sequence };
  const reader = new OctetReader(frame, headerOctets);
  try {
    const fields: Record<string, unknown> = {};
    for (const [name, field] of fieldsOf(command)) fields[name] = field.read(reader);
    const read = { ...head, fields: fields as unknown, parameters: readParameters(reader) };
    return { kind: 'pdu', pdu: read as Pdu };
  } catch (error) {
    if (!(error instanceof OctetsInvalid)) throw error;
    if (!isResponse(command)) return { kind: 'malformed', command, sequence, status: faultOf(error) };
    // A refusal comes without its body; and an answer with a spoilt body still answers.
    const values = fieldsOf(command).map(([name, { absent }]) => [name, absent]);
    const read = { ...head, fields: Object.fromEntries(values) as unknown, parameters: noParameters };
    return { kind: 'pdu', pdu: read as Pdu };
  }
}

class ParametersInvalid extends OctetsInvalid {}

function faultOf(error: OctetsInvalid): number {
  return error instanceof ParametersInvalid ? status.invalidParameters : status.invalidCommandLength;
}

function readParameters(reader: OctetReader): Parameters {
  if (reader.left === 0) return noParameters;
  const parameters = new Map<number, Buffer>();
  while (reader.left > 0) {
    if (reader.left < 4) throw new ParametersInvalid('a parameter without its length');
    const tag = reader.take(2).readUInt16BE();
    const length = reader.take(2).readUInt16BE();
    if (length > reader.left) throw new ParametersInvalid('a parameter longer than the PDU');
    parameters.set(tag, reader.take(length));
  }
  return parameters;
}
