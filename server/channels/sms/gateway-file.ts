import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { usualPhoneLimits } from './limits.ts';

/** How an aggregator's HTTP gateway writes and reads, as data: what it does differently from the others. */

const closed = { additionalProperties: false } as const;
const field = Type.String({ minLength: 1, maxLength: 60 });
const most = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const ofNumber = Type.Object({ messages: most, questions: most, persons: most }, closed);
const template = Type.String({ maxLength: 2_000 });
const fields = Type.Record(Type.String({ minLength: 1, maxLength: 60 }), template);

const shape = Type.Object(
  {
    /** The header in which the gateway sends the secret. */
    secretHeader: Type.String({ pattern: '^[A-Za-z0-9-]{1,60}$' }),
    sms: Type.Object(
      {
        fields: Type.Object({ from: field, to: field, text: field, id: field }, closed),
        /** `response`: the answer is the body of our reply; `outbound`: it is sent by a request of ours. */
        reply: Type.Enum(['response', 'outbound']),
        /** The body of our reply where it is not the answer; some gateways want to read `OK`. */
        received: Type.String({ maxLength: 200 }),
      },
      closed,
    ),
    ussd: Type.Object(
      {
        fields: Type.Object({ sessionId: field, serviceCode: field, phoneNumber: field, text: field }, closed),
        /** What stands before a screen that waits for an input, and before the last one. */
        goesOn: Type.String({ maxLength: 20 }),
        ends: Type.String({ maxLength: 20 }),
        /** What is dialled for the menu. */
        root: Type.String({ pattern: '^\\*[0-9*]{1,30}#$' }),
        stepSeconds: Type.Number({ minimum: 1, maximum: 600 }),
      },
      closed,
    ),
    /** The request by which we send a text; null: there is none. `{to}`, `{from}`, `{text}`, `{id}` are filled in. */
    outbound: Type.Union([
      Type.Null(),
      Type.Object(
        {
          url: Type.String({ pattern: '^https?://', maxLength: 2_000 }),
          method: Type.Enum(['GET', 'POST', 'PUT']),
          headers: Type.Optional(fields),
          /** One of the three: in the address, as a form, or as JSON. */
          query: Type.Optional(fields),
          form: Type.Optional(fields),
          json: Type.Optional(Type.Unknown()),
          /** How a number is written: `+989…`, `989…` or `09…`. */
          numbers: Type.Optional(Type.Enum(['plus', 'international', 'national'])),
          /** Our own number, for `{from}`. */
          from: Type.Optional(Type.String({ maxLength: 20 })),
        },
        closed,
      ),
    ]),
    limits: Type.Object(
      {
        person: ofNumber,
        provider: ofNumber,
        aboutPerson: most,
        slowedSeconds: Type.Number({ minimum: 0, maximum: 3_600 }),
      },
      closed,
    ),
  },
  closed,
);

export type Gateway = Static<typeof shape>;
export type OutboundRequest = NonNullable<Gateway['outbound']>;

/** The names of the contract, the answer in our reply. */
export const usualGateway: Gateway = {
  secretHeader: 'estehqaq-gateway-secret',
  sms: { fields: { from: 'from', to: 'to', text: 'text', id: 'id' }, reply: 'response', received: '' },
  ussd: {
    fields: { sessionId: 'sessionId', serviceCode: 'serviceCode', phoneNumber: 'phoneNumber', text: 'text' },
    goesOn: 'CON ',
    ends: 'END ',
    root: '*4*1420#',
    stepSeconds: 20,
  },
  outbound: null,
  limits: usualPhoneLimits,
};

/** A gateway's file is not understood. */
export class GatewayInvalid extends Error {
  readonly code = 'GATEWAY_INVALID';
}

/**
 * @param data what differs from `usualGateway`, at every depth
 * @throws GatewayInvalid, naming the field and never its value
 */
export function readGateway(data: unknown): Gateway {
  const whole = overlay(usualGateway, data);
  if (!Value.Check(shape, whole)) {
    const first = Value.Errors(shape, whole)[0];
    throw new GatewayInvalid(`The gateway's data at ${first?.instancePath ?? '/'}: ${first?.message ?? 'unclear'}.`);
  }
  if (whole.sms.reply === 'outbound' && whole.outbound === null) {
    throw new GatewayInvalid("The gateway's data at /sms/reply: there is no outbound request by which to reply.");
  }
  return whole;
}

function overlay(usual: unknown, data: unknown): unknown {
  if (!isRecord(usual) || !isRecord(data)) return data;
  const merged: Record<string, unknown> = { ...usual };
  for (const [name, value] of Object.entries(data)) {
    merged[name] = Object.hasOwn(usual, name) ? overlay(usual[name], value) : value;
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
