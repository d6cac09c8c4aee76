import { ErrorSummary, Field, Form, type FieldFault } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Code, SummaryList, Table } from '../parts/lists.tsx';
import { useWords } from '../parts/view.tsx';

export type ObjectionState = 'opened' | 'assigned' | 'needsEvidence' | 'upheld' | 'corrected' | 'withdrawn';
export type ObjectionEvent =
  | 'open'
  | 'assign'
  | 'requestEvidence'
  | 'bringEvidence'
  | 'uphold'
  | 'proposeCorrection'
  | 'approveCorrection'
  | 'withdraw';

export interface ObjectionsProps {
  readonly objections: readonly {
    readonly caseNumber: string;
    readonly state: ObjectionState;
    readonly openedAt: string;
  }[];
}

export function ObjectionsPage({ objections }: ObjectionsProps) {
  const { say, when } = useWords();
  const title = say('objections.title');
  return (
    <Layout title={title} back="/insured/home">
      <h1>{title}</h1>
      {objections.length === 0 ? (
        <p className="empty">{say('objections.none')}</p>
      ) : (
        <Table
          caption={title}
          columns={[say('objections.case'), say('objections.opened'), say('objections.state')]}
          rows={objections.map(({ caseNumber, state, openedAt }) => ({
            key: caseNumber,
            cells: [
              <a key="case" href={`/insured/objections/${caseNumber}`}>
                <Code code={caseNumber} />
              </a>,
              when(openedAt),
              say(`objection.state.${state}`),
            ],
          }))}
        />
      )}
      <p>
        <a className="button" href="/insured/objections/new">
          {say('objections.new')}
        </a>
      </p>
    </Layout>
  );
}

export interface NewObjectionProps {
  readonly requestId: string;
  readonly text: string;
  readonly contact: string;
  readonly trackingCode: string;
  readonly faults: readonly FieldFault[];
}

export function NewObjectionPage({ requestId, text, contact, trackingCode, faults }: NewObjectionProps) {
  const { say, digits } = useWords();
  return (
    <Layout title={say('objection.new.title')} back="/insured/objections" hasErrors={faults.length > 0}>
      <ErrorSummary faults={faults} />
      <h1>{say('objection.new.title')}</h1>
      <p>{say('objection.new.lead')}</p>
      <Form action="/insured/objections/new">
        <input type="hidden" name="requestId" value={requestId} />
        <Field
          name="text"
          label={say('objection.new.text')}
          hint={say('objection.new.text.hint')}
          value={text}
          faults={faults}
          lines={6}
        />
        <Field
          name="contact"
          label={say('objection.new.contact')}
          hint={say('objection.new.contact.hint')}
          value={contact}
          faults={faults}
          autoComplete="tel"
        />
        <Field
          name="trackingCode"
          label={say('objection.new.code')}
          value={digits(trackingCode)}
          faults={faults}
          isNumber
          maxLength={60}
        />
        <button type="submit">{say('objection.new.button')}</button>
      </Form>
    </Layout>
  );
}

export interface ObjectionProps {
  readonly objection: {
    readonly caseNumber: string;
    readonly state: ObjectionState;
    readonly openedAt: string;
    readonly text: string;
    readonly contact?: string;
    readonly trackingCode?: string;
    readonly decision?: { readonly reason: string; readonly decidedAt: string };
    readonly events: readonly { readonly at: string; readonly what: ObjectionEvent; readonly reason?: string }[];
  };
  /** Just made: said first. */
  readonly isNew: boolean;
}

export function ObjectionPage({ objection, isNew }: ObjectionProps) {
  const { say, when } = useWords();
  const { caseNumber, state, openedAt, text, contact, trackingCode, decision, events } = objection;
  const title = say(isNew ? 'objection.done.title' : 'objection.title');
  return (
    <Layout title={title} back="/insured/objections">
      <div className={isNew ? 'done' : undefined}>
        <h1>{title}</h1>
        <p>
          {say('objections.case')}: <Code code={caseNumber} canCopy />
        </p>
      </div>
      {isNew && <p>{say('objection.done.next')}</p>}
      {state === 'needsEvidence' && (
        <section className="note">
          <h2>{say('objection.evidence.title')}</h2>
          <p>{say('objection.evidence.text')}</p>
        </section>
      )}
      <SummaryList
        rows={[
          { name: say('objections.state'), value: say(`objection.state.${state}`) },
          { name: say('objections.opened'), value: when(openedAt) },
          { name: say('objection.text'), value: <span className="typed">{text}</span> },
          ...(contact === undefined ? [] : [{ name: say('objection.contact'), value: <bdi>{contact}</bdi> }]),
          ...(trackingCode === undefined
            ? []
            : [{ name: say('answer.trackingCode'), value: <Code code={trackingCode} /> }]),
          ...(decision === undefined ? [] : [{ name: say('objection.decision'), value: decision.reason }]),
        ]}
      />
      <h2>{say('objection.history')}</h2>
      <ol className="history">
        {events.map(({ at, what, reason }) => (
          <li key={`${at} ${what}`}>
            <strong>{say(`event.${what}`)}</strong> <time dateTime={at}>{when(at)}</time>
            {reason !== undefined && <p className="typed">{reason}</p>}
          </li>
        ))}
      </ol>
    </Layout>
  );
}
