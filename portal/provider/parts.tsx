import type { ReactNode, Ref } from 'react';
import { Verdict, type Outcome } from '../parts/answer.tsx';
import { CsrfField } from '../parts/layout.tsx';
import { Code, Day, NationalId, SummaryList } from '../parts/lists.tsx';
import { useWords, type MessageId } from '../parts/view.tsx';
import type { ProviderAnswer, Refusal } from './ask.ts';
import type { BoxFault } from './what-was-typed.ts';

/* What the desk shows, the same with scripts and without. */

interface AskFormProps {
  readonly requestId: string;
  readonly typed: string;
  readonly setting: 'outpatient' | 'inpatient';
  readonly fault: BoxFault | undefined;
  readonly box?: Ref<HTMLInputElement>;
  readonly inpatient?: Ref<HTMLInputElement>;
  readonly onSubmit?: () => void;
}

/** The one box, and whether it is about an inpatient. */
export function AskForm({ requestId, typed, setting, fault, box, inpatient, onSubmit }: AskFormProps) {
  const { say } = useWords();
  return (
    <form
      method="post"
      action="/provider"
      noValidate
      className="ask"
      onSubmit={
        onSubmit &&
        ((event) => {
          event.preventDefault();
          onSubmit();
        })
      }
    >
      <CsrfField />
      <input type="hidden" name="requestId" value={requestId} />
      <div className={fault === undefined ? 'field' : 'field faulty'}>
        <label htmlFor="asked">{say('provider.box')}</label>
        {fault !== undefined && (
          <p className="fault" id="asked-fault" role="alert">
            {say(fault)}
          </p>
        )}
        <div className="row">
          <input
            ref={box}
            id="asked"
            name="asked"
            type="text"
            inputMode="numeric"
            dir="ltr"
            className="code"
            autoComplete="off"
            autoFocus
            spellCheck={false}
            maxLength={60}
            defaultValue={typed}
            aria-invalid={fault === undefined ? undefined : true}
            aria-describedby={fault === undefined ? undefined : 'asked-fault'}
          />
          <button type="submit">{say('provider.ask')}</button>
        </div>
      </div>
      <label className="choice">
        <input
          ref={inpatient}
          type="checkbox"
          role="switch"
          name="setting"
          value="inpatient"
          defaultChecked={setting === 'inpatient'}
        />
        <span>{say('provider.inpatient')}</span>
      </label>
    </form>
  );
}

interface AnswerShownProps {
  readonly answer: ProviderAnswer;
  /** Undefined: not known here, as with a tracking code. */
  readonly nationalId: string | undefined;
  readonly actions?: ReactNode;
}

export function AnswerShown({ answer, nationalId, actions }: AnswerShownProps) {
  const { say } = useWords();
  const { outcome, on, setting, trackingCode } = answer;
  // It is not that nobody pays.
  const isOfAnother = outcome === 'NOT_ENTITLED' && answer.reasons.includes('OTHER_INSURER');
  const reasons = answer.reasons.flatMap((reason) => reasonIds[reason] ?? []);
  return (
    <article className="answer">
      <Verdict outcome={outcome} />
      <p className="tracking">
        <span>{say('answer.trackingCode')}</span>
        <Code code={trackingCode} />
        {actions}
      </p>
      <SummaryList
        rows={[
          ...(nationalId === undefined
            ? []
            : [{ name: say('answer.nationalId'), value: <NationalId nationalId={nationalId} /> }]),
          { name: say('answer.day'), value: <Day day={on} /> },
          { name: say('answer.setting'), value: say(`setting.${setting}`) },
          ...(reasons.length === 0
            ? []
            : [{ name: say('answer.why'), value: reasons.map((id) => say(id)).join(say('provider.comma')) }]),
        ]}
      />
      <p>{say(isOfAnother ? 'provider.next.OTHER_INSURER' : nextOf(outcome))}</p>
    </article>
  );
}

/** The kinds of reason that a provider is told; of others nothing is said. */
const reasonIds: Readonly<Record<string, MessageId>> = {
  NOT_COVERED: 'provider.reason.NOT_COVERED',
  DOCUMENT_MISSING: 'provider.reason.DOCUMENT_MISSING',
  OTHER_INSURER: 'provider.reason.OTHER_INSURER',
  OVERLAP_PENDING: 'provider.reason.OVERLAP_PENDING',
};

function nextOf(outcome: Outcome): MessageId {
  switch (outcome) {
    case 'ENTITLED':
    case 'NOT_ENTITLED':
    case 'REFER_CURRENT_PROCEDURE':
    case 'PROVISIONAL':
    case 'UNKNOWN_PERSON':
    case 'NOT_CONTRACTED':
      return `provider.next.${outcome}`;
    case 'NEEDS_FACTS':
    case 'COULD_NOT_DETERMINE':
    case 'NOT_IN_FORCE':
      return 'provider.next.undetermined';
  }
}

interface UndeterminedProps {
  readonly nationalId: string | undefined;
  readonly isOffline: boolean;
  /** Under which the attempt is recorded. */
  readonly trackingCode: string | undefined;
  readonly actions?: ReactNode;
}

/** Grey, and never a no. */
export function Undetermined({ nationalId, isOffline, trackingCode, actions }: UndeterminedProps) {
  const { say } = useWords();
  return (
    <article className="answer">
      <Verdict outcome="COULD_NOT_DETERMINE" />
      <SummaryList
        rows={[
          ...(nationalId === undefined
            ? []
            : [{ name: say('answer.nationalId'), value: <NationalId nationalId={nationalId} /> }]),
          ...(trackingCode === undefined
            ? []
            : [{ name: say('answer.trackingCode'), value: <Code code={trackingCode} /> }]),
        ]}
      />
      <p>{say(isOffline ? 'provider.undetermined.offline' : 'provider.undetermined.silent')}</p>
      <p>{say('provider.undetermined.same')}</p>
      {actions}
    </article>
  );
}

export function Refused({ why, seconds }: { readonly why: Refusal; readonly seconds: number }) {
  const { say } = useWords();
  return (
    <div className="note" role="alert">
      <h2>{say(`provider.refused.${why}.title`)}</h2>
      <p>{say(`provider.refused.${why}.what`, { seconds })}</p>
    </div>
  );
}
