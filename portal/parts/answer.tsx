import type { ReactNode } from 'react';
import type { Texts } from './language.ts';
import { Code, Day, NationalId, SummaryList, type SummaryRow } from './lists.tsx';
import { useWords, type MessageId } from './view.tsx';

export type Outcome =
  | 'ENTITLED'
  | 'NOT_ENTITLED'
  | 'REFER_CURRENT_PROCEDURE'
  | 'NEEDS_FACTS'
  | 'PROVISIONAL'
  | 'NOT_IN_FORCE'
  | 'NOT_CONTRACTED'
  | 'UNKNOWN_PERSON'
  | 'COULD_NOT_DETERMINE';

/** An answer of the web API, as its asker is told of it. */
export interface InquiryAnswer {
  readonly trackingCode: string;
  readonly outcome: Outcome;
  /** ISO. */
  readonly on: string;
  readonly setting: 'outpatient' | 'inpatient';
  /** Absent: withheld. Null: it has no end. */
  readonly entitledUntil?: string | null;
  readonly endedOn?: string | null;
}

/** A sentence of a regulation, in its own words. */
export interface ClauseWords extends Texts {
  readonly clause: string;
  readonly source: Texts;
}

export interface Told {
  readonly name: string | null;
  readonly nationalId: string;
}

type Look = 'entitled' | 'notEntitled' | 'refer' | 'provisional' | 'undetermined';

/** «نامشخص» is never shown as a no: whatever is not known looks the same, and like nothing else. */
const looks = {
  ENTITLED: 'entitled',
  NOT_ENTITLED: 'notEntitled',
  REFER_CURRENT_PROCEDURE: 'refer',
  PROVISIONAL: 'provisional',
  NEEDS_FACTS: 'undetermined',
  COULD_NOT_DETERMINE: 'undetermined',
  NOT_IN_FORCE: 'undetermined',
  NOT_CONTRACTED: 'undetermined',
  UNKNOWN_PERSON: 'undetermined',
} as const satisfies Record<Outcome, Look>;

const disc = 'M24 3a21 21 0 1 0 0 42 21 21 0 0 0 0-42Z';
/** Different in shape, so that they differ without colour. */
const shapes: Readonly<Record<Look, ReactNode>> = {
  entitled: (
    <>
      <path d={disc} className="full" />
      <path d="m14 25 7 7 14-15" className="cut" />
    </>
  ),
  notEntitled: (
    <>
      <path d={disc} className="full" />
      <path d="M13 24h22" className="cut" />
    </>
  ),
  refer: <path d="M24 12C19 8 12 7 5 8v29c7-1 14 0 19 4 5-4 12-5 19-4V8c-7-1-14 0-19 4Zm0 0v29" className="line" />,
  provisional: (
    <>
      <path d={disc} className="line" />
      <path d="M24 3a21 21 0 0 1 0 42Z" className="full" />
    </>
  ),
  undetermined: (
    <path
      d="M19 15h-6a9 9 0 0 0 0 18h6M29 15h6a9 9 0 0 1 0 18h-6M22 9l-2-5M26 39l2 5M30 9l4-4M18 39l-4 4"
      className="line"
    />
  ),
};

/** The shape alone, for lists. */
export function Shape({ outcome }: { readonly outcome: Outcome }) {
  const look = looks[outcome];
  return (
    <svg className={`shape ${look}`} viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
      {shapes[look]}
    </svg>
  );
}

/** The sentence in large type, with its shape and colour. */
export function Verdict({ outcome }: { readonly outcome: Outcome }) {
  const { say } = useWords();
  const look = looks[outcome];
  return (
    <div className={`verdict ${look}`}>
      <Shape outcome={outcome} />
      <h1>{say(`outcome.${outcome}`)}</h1>
    </div>
  );
}

export interface AnswerProps {
  readonly answer: InquiryAnswer;
  readonly about: Told;
  /** Empty: not told. */
  readonly reasons: readonly Texts[];
  readonly clauses: readonly ClauseWords[];
}

/** The answer, the same everywhere: what, for whom, under which code, why, and what now. */
export function Answer({ answer, about, reasons, clauses }: AnswerProps) {
  const { say } = useWords();
  return (
    <article className="answer">
      <Verdict outcome={answer.outcome} />
      <SummaryList rows={useFacts(answer, about)} />
      <Why outcome={answer.outcome} reasons={reasons} clauses={clauses} />
      <section>
        <h2>{say('answer.next')}</h2>
        <p>{say(nextOf(answer.outcome))}</p>
      </section>
    </article>
  );
}

export function useFacts(answer: InquiryAnswer, { name, nationalId }: Told): readonly SummaryRow[] {
  const { say } = useWords();
  const { entitledUntil, endedOn } = answer;
  const isEntitled = answer.outcome === 'ENTITLED';
  return [
    ...(name === null ? [] : [{ name: say('answer.for'), value: name }]),
    { name: say('answer.nationalId'), value: <NationalId nationalId={nationalId} /> },
    { name: say('answer.day'), value: <Day day={answer.on} /> },
    ...(isEntitled && entitledUntil !== undefined
      ? [
          {
            name: say(entitledUntil === null ? 'answer.lasts' : 'answer.until'),
            value: entitledUntil === null ? say('answer.endless') : <Day day={entitledUntil} />,
          },
        ]
      : []),
    ...(!isEntitled && typeof endedOn === 'string'
      ? [{ name: say('answer.endedOn'), value: <Day day={endedOn} /> }]
      : []),
    { name: say('answer.setting'), value: say(`setting.${answer.setting}`) },
    { name: say('answer.trackingCode'), value: <Code code={answer.trackingCode} canCopy /> },
  ];
}

/** One plain sentence; the words of the clauses folded below it. */
function Why({ outcome, reasons, clauses }: Pick<AnswerProps, 'reasons' | 'clauses'> & { readonly outcome: Outcome }) {
  const { say, language } = useWords();
  if (reasons.length === 0 && clauses.length === 0) return null;
  const told = reasons.map((reason) => reason[language]).join(language === 'fa' ? '، ' : ', ');
  return (
    <section>
      <h2>{say('answer.why')}</h2>
      {reasons.length > 0 && <p>{say('answer.because', { reasons: told })}</p>}
      {reasons.length === 0 && <p>{say(outcome === 'ENTITLED' ? 'answer.why.ENTITLED' : 'answer.why.other')}</p>}
      {clauses.map(({ clause, fa, en, source }) => (
        <details key={clause}>
          <summary>
            {say('answer.clause', { clause: '' })}
            <bdi className="code">{clause}</bdi>
          </summary>
          <blockquote lang="fa" dir="rtl">
            {fa}
          </blockquote>
          {language === 'en' && <p>{en}</p>}
          <p className="hint">{source[language]}</p>
        </details>
      ))}
    </section>
  );
}

function nextOf(outcome: Outcome): MessageId {
  switch (outcome) {
    case 'ENTITLED':
    case 'NOT_ENTITLED':
    case 'REFER_CURRENT_PROCEDURE':
    case 'PROVISIONAL':
    case 'UNKNOWN_PERSON':
      return `answer.next.${outcome}`;
    case 'NEEDS_FACTS':
    case 'COULD_NOT_DETERMINE':
    case 'NOT_IN_FORCE':
    case 'NOT_CONTRACTED':
      return 'answer.next.undetermined';
  }
}
