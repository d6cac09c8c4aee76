import type { ReactNode } from 'react';
import { ErrorSummary, Field, Steps } from '../parts/form.tsx';
import { Layout, Telephone } from '../parts/layout.tsx';
import { Day, SummaryList } from '../parts/lists.tsx';
import { useWords } from '../parts/view.tsx';
import { Clauses, Radios, Rials } from './fields.tsx';
import type { Faults, Terms, Values } from './shapes.ts';

export interface EnrolStartProps {
  readonly registration: {
    readonly state: 'notYet' | 'window' | 'late';
    readonly window: { readonly from: string; readonly until: string } | null;
  };
}

export function EnrolStartPage({ registration: { state, window } }: EnrolStartProps) {
  const { say, day } = useWords();
  const [before = '', after = ''] = say('enrol.start.counter', { number: '\u0000' }).split('\u0000');
  const days = window === null ? undefined : { from: day(window.from), until: day(window.until) };
  return (
    <Layout title={say('enrol.start.title')}>
      <h1>{say('enrol.start.title')}</h1>
      <p className="lead">{say('enrol.start.lead')}</p>
      <p className="note">{days === undefined ? say('enrol.start.notAnnounced') : say(`enrol.start.${state}`, days)}</p>
      <h2>{say('enrol.start.who')}</h2>
      <ul>
        <li>{say('enrol.start.who.uninsured')}</li>
        <li>{say('enrol.start.who.household')}</li>
        <li>{say('enrol.start.who.head')}</li>
      </ul>
      <h2>{say('enrol.start.needs')}</h2>
      <ul>
        <li>{say('enrol.start.needs.ids')}</li>
        <li>{say('enrol.start.needs.mobile')}</li>
        <li>{say('enrol.start.needs.card')}</li>
      </ul>
      <p>{say('enrol.start.saved')}</p>
      <p className="row">
        <a className="button" href="/enrol/home">
          {say('enrol.start.button')}
        </a>
        <a className="button second" href="/enrol/quote">
          {say('enrol.start.quote')}
        </a>
      </p>
      <h2>{say('start.without')}</h2>
      <p>
        {before}
        <Telephone />
        {after}
      </p>
    </Layout>
  );
}

export interface EnrolQuoteProps {
  readonly step: 'members' | 'route';
  readonly values: Values;
  readonly faults: Faults;
}

const quoteSteps = 2;

/** A household without names: what is answered stands in the address, and nothing is kept. */
export function EnrolQuotePage({ step, values, faults }: EnrolQuoteProps) {
  const { say } = useWords();
  const isFirst = step === 'members';
  const title = say(isFirst ? 'enrol.quote.members' : 'enrol.route');
  return (
    <Layout title={title} back={isFirst ? '/enrol' : `/enrol/quote?${queryOf(values)}`} hasErrors={faults.length > 0}>
      <ErrorSummary faults={faults} />
      <Steps step={isFirst ? 1 : 2} steps={quoteSteps} />
      <form action={isFirst ? '/enrol/quote/route' : '/enrol/quote/answer'} noValidate>
        {isFirst ? <QuoteMembers values={values} faults={faults} /> : <QuoteRoute values={values} faults={faults} />}
        <button type="submit">{say(isFirst ? 'enrol.next' : 'enrol.quote.button')}</button>
      </form>
    </Layout>
  );
}

function QuoteMembers({ values, faults }: Omit<EnrolQuoteProps, 'step'>) {
  const { say, digits } = useWords();
  return (
    <>
      <h1>{say('enrol.quote.members')}</h1>
      <p>{say('enrol.quote.lead')}</p>
      {(['spouses', 'children'] as const).map((name) => (
        <Field
          key={name}
          name={name}
          label={say(`enrol.quote.${name}`)}
          hint={say(`enrol.quote.${name}.hint`)}
          value={digits(values[name] ?? '')}
          faults={faults}
          isNumber
          maxLength={2}
        />
      ))}
    </>
  );
}

function QuoteRoute({ values, faults }: Omit<EnrolQuoteProps, 'step'>) {
  const { say, digits } = useWords();
  return (
    <>
      {(['spouses', 'children'] as const).map((name) => (
        <input key={name} type="hidden" name={name} value={values[name] ?? ''} />
      ))}
      <RouteChoice values={values} faults={faults} />
      <Field
        name="decile"
        label={say('enrol.quote.decile')}
        hint={say('enrol.quote.decile.hint')}
        value={digits(values['decile'] ?? '')}
        faults={faults}
        isNumber
        maxLength={2}
      />
    </>
  );
}

interface RouteChoiceProps {
  readonly values: Values;
  readonly faults: Faults;
  /** Whoever renews is covered for a year. */
  readonly hasTerm?: boolean;
}

/** The two ways, in plain words (M-16, M-20). */
export function RouteChoice({ values, faults, hasTerm = true }: RouteChoiceProps) {
  const { say } = useWords();
  return (
    <>
      <Radios
        name="route"
        legend={say('enrol.route')}
        values={values}
        faults={faults}
        isHeading
        options={(['selfDeclared', 'meansTest'] as const).map((value) => ({
          value,
          label: say(`enrol.route.${value}`),
          hint: say(`enrol.route.${value}.hint`),
        }))}
      />
      <details>
        <summary>{say('enrol.route.unsure')}</summary>
        <p>{say('enrol.route.unsure.text')}</p>
      </details>
      {hasTerm && (
        <Radios
          name="termMonths"
          legend={say('enrol.term')}
          hint={say('enrol.term.hint')}
          values={{ termMonths: '12', ...values }}
          faults={faults}
          options={[12, 6, 1].map((months) => ({ value: String(months), label: say('enrol.term.months', { months }) }))}
        />
      )}
    </>
  );
}

export interface EnrolQuotedProps {
  readonly values: Values;
  readonly terms: Terms;
  readonly validUntil: string | null;
  /** The premium of the year is not settled. */
  readonly figuresMissing: boolean;
}

export function EnrolQuotedPage({ values, terms, validUntil, figuresMissing }: EnrolQuotedProps) {
  const { say } = useWords();
  const title = say('enrol.quoted.title');
  return (
    <Layout title={title} back={`/enrol/quote/route?${queryOf(values)}`}>
      {figuresMissing ? (
        <>
          <h1>{title}</h1>
          <p>{say('enrol.quoted.figures')}</p>
        </>
      ) : (
        <Quoted terms={terms} validUntil={validUntil} />
      )}
      <p className="row">
        <a className="button" href="/enrol/home">
          {say('enrol.start.button')}
        </a>
        <a className="button second" href="/enrol/quote">
          {say('enrol.quoted.again')}
        </a>
      </p>
      <Clauses clauses={terms.clauses} />
    </Layout>
  );
}

function Quoted({ terms, validUntil }: Pick<EnrolQuotedProps, 'terms' | 'validUntil'>) {
  const { say } = useWords();
  const { payable } = terms;
  if (terms.outcome === 'TERMS' && payable !== null) {
    return (
      <>
        <div className="box">
          <h1>{payable === 0 ? say('enrol.quoted.free') : <Amount payable={payable} />}</h1>
          <p>{say('enrol.quoted.for', { members: terms.members, months: terms.termMonths ?? 0 })}</p>
        </div>
        <TermsList terms={terms} validUntil={validUntil} isSupposed />
        {terms.isRateCarriedForward && <p className="note">{say('enrol.quoted.carried')}</p>}
      </>
    );
  }
  return (
    <>
      <h1>{say('enrol.quoted.title')}</h1>
      {terms.outcome === 'AWAITING_MEANS_TEST' && (
        <>
          <p className="lead">{say('enrol.quoted.awaiting')}</p>
          <p>{say('enrol.quoted.awaiting.more')}</p>
        </>
      )}
      {terms.reasons.map((reason) => (
        <p className="lead" key={reason}>
          {say(`enrol.reason.${reason}`)}
        </p>
      ))}
    </>
  );
}

function Amount({ payable }: { readonly payable: number }) {
  const { say } = useWords();
  const [before = '', after = ''] = say('enrol.quoted.pay', { amount: '\u0000' }).split('\u0000');
  return (
    <>
      {before}
      <Rials rials={payable} />
      {after}
    </>
  );
}

interface TermsListProps {
  readonly terms: Terms;
  readonly validUntil: string | null;
  /** If it were paid today. */
  readonly isSupposed?: boolean;
}

/** Why so much, from when, until when. */
export function TermsList({ terms, validUntil, isSupposed = false }: TermsListProps) {
  const { say, digits } = useWords();
  const { perCapitaMonthly, stateShare, group, coverFrom, coverUntil, entitledFrom } = terms;
  const row = (name: string, value: ReactNode) => ({ name, value });
  return (
    <SummaryList
      rows={[
        ...(group === null ? [] : [row(say('enrol.terms.group'), say('enrol.terms.groupOf', { group }))]),
        ...(perCapitaMonthly === null ? [] : [row(say('enrol.terms.perCapita'), <Rials rials={perCapitaMonthly} />)]),
        row(say('enrol.terms.members'), digits(String(terms.members))),
        ...(stateShare === null || stateShare === 0
          ? []
          : [row(say('enrol.terms.state'), <Rials rials={stateShare} />)]),
        ...(coverFrom === null
          ? []
          : [row(say(isSupposed ? 'enrol.terms.fromToday' : 'enrol.terms.from'), <Day day={coverFrom} />)]),
        ...(entitledFrom === null || terms.waitingDays === 0
          ? [row(say('enrol.terms.wait'), say('enrol.terms.waitOf', { days: terms.waitingDays }))]
          : [row(say('enrol.terms.entitled', { days: terms.waitingDays }), <Day day={entitledFrom} />)]),
        ...(coverUntil === null ? [] : [row(say('enrol.terms.until'), <Day day={coverUntil} />)]),
        ...(validUntil === null ? [] : [row(say('enrol.terms.valid'), <Day day={validUntil} />)]),
      ]}
    />
  );
}

function queryOf(values: Values): string {
  const kept = ['spouses', 'children', 'route', 'termMonths', 'decile'].flatMap((name) =>
    values[name] === undefined ? [] : [[name, values[name]]],
  );
  return new URLSearchParams(kept).toString();
}
