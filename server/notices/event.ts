/**
 * What people are told of: a closed list, and for each event the fields that its texts may name. The kind of a field says
 * what a value is and how it is written; there is no kind for free text. A field with `?` may be null: then the sentences
 * that name it are left out.
 */
export const events = {
  applicationReceived: { application: 'code', submittedOn: 'day' },
  applicationRefused: { application: 'code' },
  figuresNotConfirmed: { application: 'code', year: 'year' },
  meansTestRequested: { application: 'code?', dueOn: 'day' },
  meansTestResult: { application: 'code?', group: 'number', payable: 'rial', payBy: 'day?' },
  meansTestOverdue: { application: 'code?', dueOn: 'day' },
  billIssued: { bill: 'code', amount: 'rial', members: 'number', validUntil: 'day' },
  billExpiring: { bill: 'code', amount: 'rial', validUntil: 'day' },
  billExpired: { bill: 'code', amount: 'rial' },
  paymentReceived: { bill: 'code', amount: 'rial' },
  paymentReturned: { bill: 'code', amount: 'rial' },
  coverBegins: { from: 'day', until: 'day', members: 'number' },
  coverExpiring: { until: 'day' },
  coverLapsed: { endedOn: 'day' },
  renewedFree: { from: 'day', until: 'day' },
  renewalOffer: { until: 'day', amount: 'rial', payBy: 'day' },
  decile8To10: { decile: 'decile', sex: 'salutation' },
  memberAdded: { members: 'number', from: 'day?' },
  memberLeft: { on: 'day' },
  oneTimeCode: { secret: 'secret', minutes: 'number', host: 'code?' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldKind>>>>;

/** What a field holds, by its kind. */
interface Values {
  /** Whole rials. */
  readonly rial: bigint;
  /** ISO: `2020-05-25`. */
  readonly day: string;
  readonly number: number;
  /** Written as it is: the number of an application or a bill. */
  readonly code: string;
  /** Solar Hijri. */
  readonly year: string;
  readonly decile: 8 | 9 | 10;
  /** How a person is addressed, by sex. */
  readonly salutation: 'male' | 'female' | null;
  /** Never among the data: it comes sealed, beside them. */
  readonly secret: never;
}

export type FieldKind = keyof Values | 'day?' | 'code?';
type Value<Kind extends FieldKind> = Kind extends `${infer Sure extends keyof Values}?`
  ? Values[Sure] | null
  : Kind extends keyof Values
    ? Values[Kind]
    : never;

export type NoticeEvent = keyof typeof events;
export const noticeEvents = Object.keys(events) as readonly NoticeEvent[];

type Fields<Event extends NoticeEvent> = (typeof events)[Event];
/** Those of one event. */
export type FieldName<Event extends NoticeEvent> = keyof Fields<Event> & string;

/** What an event is told with, field by field. */
export type NoticeData<Event extends NoticeEvent> = {
  readonly [
    Name in keyof Fields<Event> as Fields<Event>[Name] extends 'secret' ? never : Name
  ]: Fields<Event>[Name] extends FieldKind ? Value<Fields<Event>[Name]> : never;
};

/** Data as they are kept: amounts as text, so that no reader rounds them. */
export function writeData(data: object): string {
  return JSON.stringify(data, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
