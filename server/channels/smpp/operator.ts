import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';

/** An operator's dialect, as data: what its message centre does differently from the others. */

const closed = { additionalProperties: false } as const;
const octet = Type.Integer({ minimum: 0, maximum: 255 });
const seconds = (most: number) => Type.Number({ minimum: 0.05, maximum: most });

const alphabet = Type.Enum(['gsm', 'ascii', 'latin1', 'ucs2', 'binary']);
const idForm = Type.Enum(['asIs', 'decimal', 'hexadecimal']);

const shape = Type.Object(
  {
    systemType: Type.String({ maxLength: 12, pattern: '^[\\x20-\\x7e]*$' }),
    addressRange: Type.String({ maxLength: 40, pattern: '^[\\x20-\\x7e]*$' }),
    serviceType: Type.String({ maxLength: 5, pattern: '^[\\x20-\\x7e]*$' }),
    /** Our own number, with its type (`ton`) and plan (`npi`) as SMPP 3.4, 5.2.5 and 5.2.6 count them. */
    source: Type.Object(
      { number: Type.String({ maxLength: 20, pattern: '^[0-9A-Za-z]*$' }), ton: octet, npi: octet },
      closed,
    ),
    destination: Type.Object({ ton: octet, npi: octet }, closed),
    dataCoding: Type.Object(
      {
        /** What `data_coding` 0 means here, both ways. */
        defaultAlphabet: Type.Enum(['gsm', 'ascii', 'latin1']),
        /** The codes that we send. */
        default: octet,
        ucs2: octet,
        ussdDefault: octet,
        ussdUcs2: octet,
        /** The codes that come and mean something else than in SMPP 3.4 and GSM 03.38: `{"245": "ucs2"}`. */
        incoming: Type.Record(Type.String({ pattern: '^(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)$' }), alphabet, closed),
      },
      closed,
    ),
    /** How a long text is divided on its way out. Every form is understood on the way in. */
    concatenation: Type.Enum(['udh8', 'udh16', 'sar', 'payload']),
    ussd: Type.Object(
      {
        serviceType: Type.String({ maxLength: 5, pattern: '^[\\x20-\\x7e]*$' }),
        /** The optional parameter that names the dialogue; 4995 is `its_session_info`. 0: there is none. */
        sessionTag: Type.Integer({ minimum: 0, maximum: 65_535 }),
        /** `itsSessionInfo`: an octet of number, an octet of step and end. `opaque`: sent back as it came. */
        sessionForm: Type.Enum(['itsSessionInfo', 'opaque']),
        /** Values of `ussd_service_op`. */
        incoming: Type.Object(
          { begin: Type.Array(octet), answer: Type.Array(octet), abort: Type.Array(octet) },
          closed,
        ),
        outgoing: Type.Object({ ask: octet, end: octet }, closed),
      },
      closed,
    ),
    /** How the id of a message is written in the answer to it, in the text and in the parameter of its receipt. */
    messageIds: Type.Object({ inAnswer: idForm, inReceiptText: idForm, inReceiptParameter: idForm }, closed),
    /** Messages (parts) a second, over each bind. 0: no limit but the operator's "throttled". */
    perSecond: Type.Number({ minimum: 0, maximum: 100_000 }),
    /** Sent and not answered, over each bind. */
    window: Type.Integer({ minimum: 1, maximum: 1_000 }),
    /** Of what comes in, at our handlers at the same time; beyond it the message centre is told to come again. */
    inboundWindow: Type.Integer({ minimum: 1, maximum: 10_000 }),
    enquireSeconds: seconds(3_600),
    responseSeconds: seconds(600),
  },
  closed,
);

export type Operator = Static<typeof shape>;
export type Alphabet = Static<typeof alphabet>;
export type IdForm = Static<typeof idForm>;

/** SMPP 3.4 by the book, with the operation codes 1 → 2 → 18 → 17. */
export const usualOperator: Operator = {
  systemType: '',
  addressRange: '',
  serviceType: '',
  source: { number: '', ton: 0, npi: 1 },
  destination: { ton: 1, npi: 1 },
  dataCoding: { defaultAlphabet: 'gsm', default: 0, ucs2: 8, ussdDefault: 15, ussdUcs2: 8, incoming: {} },
  concatenation: 'udh8',
  ussd: {
    serviceType: 'USSD',
    sessionTag: 0x1383,
    sessionForm: 'itsSessionInfo',
    incoming: { begin: [1], answer: [18], abort: [] },
    outgoing: { ask: 2, end: 17 },
  },
  messageIds: { inAnswer: 'asIs', inReceiptText: 'asIs', inReceiptParameter: 'asIs' },
  perSecond: 0,
  window: 10,
  inboundWindow: 1_000,
  enquireSeconds: 30,
  responseSeconds: 30,
};

/** An operator's file is not understood. */
export class OperatorInvalid extends Error {
  readonly code = 'OPERATOR_INVALID';
}

/**
 * @param data what differs from `usualOperator`, at every depth: `{"window": 50, "dataCoding": {"defaultAlphabet": "latin1"}}`
 * @throws OperatorInvalid, naming the field
 */
export function readOperator(data: unknown): Operator {
  const whole = overlay(usualOperator, data);
  if (Value.Check(shape, whole)) return whole;
  const first = Value.Errors(shape, whole)[0];
  const at = first?.instancePath === undefined || first.instancePath === '' ? '/' : first.instancePath;
  throw new OperatorInvalid(`The operator's data at ${at}: ${first?.message ?? 'not understood'}.`);
}

function overlay(usual: unknown, data: unknown): unknown {
  if (!isRecord(usual) || !isRecord(data)) return data;
  const changed = Object.entries(data).map(([name, value]) => [
    name,
    Object.hasOwn(usual, name) ? overlay(usual[name], value) : value,
  ]);
  return Object.fromEntries([...Object.entries(usual), ...changed]) as unknown;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
