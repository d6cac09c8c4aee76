import type { ReactNode } from 'react';
import { Form } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Code, Day, NationalId } from '../parts/lists.tsx';
import { useWords } from '../parts/view.tsx';
import { Clauses, Key, Rials, Who } from './fields.tsx';
import type { Awaited, Kind, Member, Problem, State, Step, Terms } from './shapes.ts';
import { TermsList } from './start.tsx';

export interface EnrolApplicationProps {
  readonly application: {
    readonly number: string;
    readonly kind: Kind;
    readonly state: State;
    readonly stateSince: string;
    readonly awaits: Awaited;
    /** Why it does not go on, where the household can do nothing about it. */
    readonly hold: 'FIGURES_NOT_CONFIRMED' | 'COVER_BEING_SET_UP' | null;
    readonly unchecked: boolean;
    readonly requestedOn: string | null;
    /** Left out: covered elsewhere, and so not by this. */
    readonly members: readonly (Member & { readonly isLeftOut: boolean })[];
    /** National ids of those whom the law has taken in, too. */
    readonly added: readonly string[];
    readonly terms: Terms | null;
    /** National ids of members who must come along. */
    readonly missing: readonly string[];
    readonly bill: {
      readonly amount: number;
      readonly stateShare: number;
      readonly validUntil: string;
      readonly isOpen: boolean;
    } | null;
    readonly events: readonly {
      readonly at: string;
      readonly what: Step;
      readonly by: 'self' | 'counter' | 'staff' | 'system';
    }[];
    readonly mayWithdraw: boolean;
    readonly mayPayMeanwhile: boolean;
  };
  /** Just sent: said first. */
  readonly isNew: boolean;
  readonly problem: Problem | null;
  readonly requestId: string;
}

/** Where an application stands: what was done, who waits for whom, and what is next. */
export function EnrolApplicationPage({ application, isNew, problem, requestId }: EnrolApplicationProps) {
  const { say, when, day } = useWords();
  const { number, state, requestedOn, terms, members, events, mayWithdraw } = application;
  const address = `/enrol/applications/${number}`;
  const title = say(isNew ? 'enrol.sent.title' : 'enrol.application.title');
  return (
    <Layout title={title} back="/enrol/home">
      <div className={isNew ? 'done' : undefined}>
        <h1>{title}</h1>
        <p>
          {say('enrol.number')}: <Code code={number} canCopy />
        </p>
      </div>
      {isNew && requestedOn !== null && <p>{say('enrol.sent.day', { day: day(requestedOn) })}</p>}
      {problem !== null && (
        <div className="faults" role="alert" tabIndex={-1} data-focus="">
          <p>{say(`enrol.problem.${problem}`)}</p>
        </div>
      )}
      <section className="box">
        <h2>{say(`enrol.state.${state}`)}</h2>
        <p>{say(nextOf(application))}</p>
        <Refused application={application} />
        <Bill application={application} requestId={requestId} />
      </section>
      {terms?.outcome === 'TERMS' && state !== 'refused' && state !== 'withdrawn' && (
        <>
          <h2>{say('enrol.terms.title')}</h2>
          <TermsList terms={terms} validUntil={null} isSupposed={application.bill?.isOpen === true} />
        </>
      )}
      <h2>{say('enrol.check.members')}</h2>
      <ul>
        {members.map((member) => (
          <li key={member.id}>
            <Who member={member} /> ({say(`enrol.relation.${member.relation}`)})
            {member.isLeftOut && <span className="hint"> {say('enrol.leftOut')}</span>}
          </li>
        ))}
        {application.added.map((id) => (
          <li key={id}>
            <Key id={id} /> <span className="hint">{say('enrol.added')}</span>
          </li>
        ))}
      </ul>
      <h2>{say('enrol.history')}</h2>
      <ol className="history">
        {events.map(({ at, what, by }, index) => (
          <li key={index}>
            <strong>{say(`enrol.event.${what}`)}</strong> <time dateTime={at}>{when(at)}</time>{' '}
            <span className="hint">{say(`enrol.by.${by}`)}</span>
          </li>
        ))}
      </ol>
      {terms !== null && <Clauses clauses={terms.clauses} />}
      {mayWithdraw && (
        <p>
          <a href={`${address}/withdraw`}>{say('enrol.withdraw.link')}</a>
        </p>
      )}
    </Layout>
  );
}

/** Who waits for whom. */
function nextOf({ state, awaits, hold }: EnrolApplicationProps['application']) {
  if (awaits !== null && underWay.includes(state)) {
    return `enrol.awaits.${awaits}` as const;
  }
  if (hold !== null) return `enrol.hold.${hold}` as const;
  return `enrol.next.${state}` as const;
}

/** Later on registries are asked again by habit, not because one was silent. */
const underWay: readonly State[] = ['submitted', 'declared', 'tested', 'billed'];

/** A refusal under the law: why, whom it takes, and where to object. */
function Refused({ application: { state, terms, missing, unchecked } }: Pick<EnrolApplicationProps, 'application'>) {
  const { say } = useWords();
  if (state !== 'refused') return unchecked && underWay.includes(state) ? <p>{say('enrol.unchecked')}</p> : null;
  return (
    <>
      {terms?.reasons.map((reason) => (
        <p key={reason}>
          <strong>{say(`enrol.reason.${reason}`)}</strong>
        </p>
      ))}
      {missing.length > 0 && (
        <>
          <p>{say('enrol.missing')}</p>
          <ul>
            {missing.map((id) => (
              <li key={id}>
                <NationalId nationalId={id} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{say('enrol.refused.object')}</p>
      <p>
        <a className="button" href="/enrol/apply">
          {say('enrol.home.apply')}
        </a>
      </p>
    </>
  );
}

/** What is owed, until when, and what it covers; or what can be done to owe something. */
function Bill({ application, requestId }: Pick<EnrolApplicationProps, 'application' | 'requestId'>) {
  const { say } = useWords();
  const { number, bill, terms, awaits, mayPayMeanwhile } = application;
  const address = `/enrol/applications/${number}`;
  if (mayPayMeanwhile) {
    return (
      <details>
        <summary>{say('enrol.meanwhile')}</summary>
        <p>{say('enrol.meanwhile.text')}</p>
        <Button action={`${address}/pay-meanwhile`} requestId={requestId} isSecond>
          {say('enrol.meanwhile.button')}
        </Button>
      </details>
    );
  }
  if (awaits === 'newPrice') {
    return (
      <Button action={`${address}/price-anew`} requestId={requestId}>
        {say('enrol.priceAnew')}
      </Button>
    );
  }
  if (bill === null || !bill.isOpen || awaits !== 'payment') return null;
  return (
    <>
      <p className="amount">
        <Rials rials={bill.amount} />
      </p>
      <p>
        {say('enrol.bill.until')} <Day day={bill.validUntil} />.{' '}
        {say('enrol.bill.covers', { members: terms?.members ?? 0, months: terms?.termMonths ?? 0 })}
      </p>
      <Button action={`${address}/pay`} requestId={requestId}>
        {say('enrol.bill.pay')}
      </Button>
      <p className="hint">{say('enrol.bill.counter')}</p>
    </>
  );
}

interface ButtonProps {
  readonly action: string;
  readonly requestId: string;
  readonly children: ReactNode;
  readonly isSecond?: boolean;
}

function Button({ action, requestId, children, isSecond = false }: ButtonProps) {
  return (
    <Form action={action}>
      <input type="hidden" name="requestId" value={requestId} />
      <button type="submit" className={isSecond ? 'second' : undefined}>
        {children}
      </button>
    </Form>
  );
}
