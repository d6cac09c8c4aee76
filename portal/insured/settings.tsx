import { Form } from '../parts/form.tsx';
import type { Texts } from '../parts/language.ts';
import { Layout } from '../parts/layout.tsx';
import { useWords } from '../parts/view.tsx';

export interface NoticesProps {
  readonly notices: readonly { readonly id: string; readonly at: string; readonly texts: Texts }[];
  /** Whether an SMS tells of every inquiry. */
  readonly inquirySms: boolean;
  readonly isSaved: boolean;
}

export function NoticesPage({ notices, inquirySms, isSaved }: NoticesProps) {
  const { say, when, language } = useWords();
  const title = say('notices.title');
  return (
    <Layout title={title} back="/insured/home">
      <h1>{title}</h1>
      {isSaved && (
        <p className="note" role="status">
          {say('notices.saved')}
        </p>
      )}
      <Form action="/insured/notices">
        <fieldset>
          <legend>{say('notices.sms.title')}</legend>
          <label className="choice">
            <input type="checkbox" name="inquirySms" value="yes" defaultChecked={inquirySms} />
            <span>{say('notices.sms.label')}</span>
          </label>
        </fieldset>
        <button type="submit">{say('notices.sms.button')}</button>
      </Form>
      <h2>{say('notices.list')}</h2>
      {notices.length === 0 ? (
        <p className="empty">{say('notices.none')}</p>
      ) : (
        <ul className="messages">
          {notices.map(({ id, at, texts }) => (
            <li key={id}>
              <p>{texts[language]}</p>
              <p className="hint">
                <time dateTime={at}>{when(at)}</time>
              </p>
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}

export interface SessionsProps {
  readonly sessions: readonly {
    readonly id: string;
    readonly device: string | null;
    readonly createdAt: string;
    readonly seenAt: string;
    readonly isThis: boolean;
  }[];
  readonly isEnded: boolean;
}

export function SessionsPage({ sessions, isEnded }: SessionsProps) {
  const { say, when } = useWords();
  const title = say('sessions.title');
  return (
    <Layout title={title} back="/insured/home">
      <h1>{title}</h1>
      {isEnded && (
        <p className="note" role="status">
          {say('sessions.ended')}
        </p>
      )}
      <p>{say('sessions.lead')}</p>
      <ul className="messages">
        {sessions.map(({ id, device, createdAt, seenAt, isThis }) => {
          const name = device ?? say('sessions.unknown');
          return (
            <li key={id}>
              <p>
                <strong>
                  <bdi>{name}</bdi>
                </strong>
                {isThis && <> · {say('sessions.this')}</>}
              </p>
              <p className="hint">
                {say('sessions.since')}: {when(createdAt)} · {say('sessions.seen')}: {when(seenAt)}
              </p>
              {!isThis && (
                <Form action="/insured/sessions">
                  <input type="hidden" name="session" value={id} />
                  <button
                    className="second"
                    type="submit"
                    aria-label={say('sessions.end', { device: name, since: when(createdAt) })}
                  >
                    {say('sessions.end.short')}
                  </button>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
    </Layout>
  );
}
