import type { NoticeData, NoticeEvent } from './event.ts';

/** How an event is told. What is not said: not at night, only by the wish of the person, once, and in the person's list. */
interface Rule {
  /** Also in quiet hours. */
  readonly atAnyHour?: true;
  /** By short message also to those who do not want any. */
  readonly obligatory?: true;
  /** Where it may have been sent and nobody knows: send it again, rather twice than never. Else rather never than twice. */
  readonly resendUnknown?: true;
  /** Where the network says that it did not reach the telephone: try again. */
  readonly resendUndelivered?: true;
  /** Not in the person's list. */
  readonly unlisted?: true;
}

export const rules: Readonly<Partial<Record<NoticeEvent, Rule>>> = {
  oneTimeCode: { atAnyHour: true, obligatory: true, unlisted: true },
  // A deadline begins with it (M-60).
  decile8To10: { obligatory: true, resendUnknown: true, resendUndelivered: true },
  // M-32: the result comes by short message.
  meansTestResult: { obligatory: true, resendUndelivered: true },
};

type DayField<Event extends NoticeEvent> = {
  [Name in keyof NoticeData<Event>]: NoticeData<Event>[Name] extends string ? Name : never;
}[keyof NoticeData<Event>];

type Ladder = {
  [Event in NoticeEvent]: {
    [Reminder in NoticeEvent]: {
      readonly of: Event;
      /** Told with those fields of the first event that it has itself. */
      readonly by: NoticeData<Event> extends NoticeData<Reminder> ? Reminder : never;
      /** The last day on which it can be done. */
      readonly before: DayField<Event>;
      readonly days: readonly number[];
      /** Events with the same owner and key after which nobody is reminded any more. */
      readonly endedBy: readonly NoticeEvent[];
      /** Those with the same owner, whatever their key: of such things an owner has one at a time. */
      readonly endedByAny: readonly NoticeEvent[];
    };
  }[NoticeEvent];
}[NoticeEvent];

/** Reminders, written together with what they remind of. */
export const ladders: readonly Ladder[] = [
  {
    of: 'billIssued',
    by: 'billExpiring',
    before: 'validUntil',
    days: [7, 2],
    endedBy: ['paymentReceived', 'billExpired'],
    endedByAny: ['billIssued', 'coverBegins'],
  },
  {
    of: 'renewalOffer',
    by: 'coverExpiring',
    before: 'until',
    days: [7, 1],
    endedBy: [],
    endedByAny: ['renewalOffer', 'coverBegins', 'renewedFree', 'coverLapsed'],
  },
];

/** Minutes from one attempt to the next; after the last one it is given up. */
export const pausesMinutes: readonly number[] = [1, 5, 15, 60, 240, 720, 1440];
/** A transport that is asked too much at once is asked again soon. */
export const throttledPauseSeconds = 20;
/** A sender that has not written down what became of a message after this time was killed. */
export const senderGivenUpMinutes = 10;
