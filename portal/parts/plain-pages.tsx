import { inTehranTime } from './format.ts';
import { Layout } from './layout.tsx';
import { Code } from './lists.tsx';
import { useWords } from './view.tsx';

export interface ProblemProps {
  readonly problem: 'notFound' | 'forbidden' | 'forged' | 'tooMany' | 'undetermined' | 'invalid' | 'unexpected';
  /** In how many seconds to come again; 0: not known. */
  readonly retryAfterSeconds: number;
  /** Under which an attempt without an answer is recorded. */
  readonly trackingCode: string | undefined;
}

/** What is the matter, and what to do. */
export function ProblemPage({ problem, retryAfterSeconds: seconds, trackingCode }: ProblemProps) {
  const { say, csrfToken } = useWords();
  const title = say(`problem.${problem}.title`);
  const what =
    problem === 'tooMany' && seconds > 90
      ? say('problem.tooMany.minutes', { minutes: Math.ceil(seconds / 60) })
      : say(`problem.${problem}.what`, { seconds });
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <p>{what}</p>
      {trackingCode !== undefined && (
        <p>
          {say('answer.trackingCode')}: <Code code={trackingCode} canCopy />
        </p>
      )}
      <p>
        <a className="button" href={csrfToken === undefined ? '/insured' : '/insured/home'}>
          {say('problem.start')}
        </a>
      </p>
    </Layout>
  );
}

export interface OfflineProps {
  /** ISO: when this page was made, and so how old it is. */
  readonly madeAt: string;
}

export function OfflinePage({ madeAt }: OfflineProps) {
  const { say, day, digits } = useWords();
  const made = inTehranTime(madeAt);
  return (
    <Layout title={say('offline.title')}>
      <h1>{say('offline.title')}</h1>
      <p>{say('offline.what')}</p>
      <p className="hint">{say('offline.age', { day: day(made.day), time: digits(made.time) })}</p>
      <p>
        <a className="button" href="/insured/home">
          {say('offline.again')}
        </a>
      </p>
    </Layout>
  );
}

export interface DemoMessagesProps {
  readonly messages: readonly { readonly id: string; readonly at: string; readonly text: string }[];
}

/** In a demo alone: what would have been sent. */
export function DemoMessagesPage({ messages }: DemoMessagesProps) {
  const { say, when } = useWords();
  return (
    <Layout title={say('demo.messages.title')}>
      <h1>{say('demo.messages.title')}</h1>
      <p>{say('demo.messages.lead')}</p>
      {messages.length === 0 ? (
        <p className="empty">{say('demo.messages.none')}</p>
      ) : (
        <ul className="messages">
          {messages.map(({ id, at, text }) => (
            <li key={id}>
              <p className="typed" dir="auto">
                {text}
              </p>
              <p className="hint">
                <time dateTime={at}>{when(at)}</time>
              </p>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a className="button" href="/demo/messages">
          {say('demo.messages.reload')}
        </a>
      </p>
    </Layout>
  );
}
