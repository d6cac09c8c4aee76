import type { ReactNode } from 'react';
import { CsrfField } from '../parts/layout.tsx';
import { directions } from '../parts/language.ts';
import { useWords } from '../parts/view.tsx';
import type { ProviderAnswer, Refusal } from './ask.ts';
import { AnswerShown, AskForm, Refused, Undetermined } from './parts.tsx';
import type { BoxFault } from './what-was-typed.ts';

/* The desk as the server sends it: whole without scripts; with them it goes on in the same place. */

export interface DeskPageProps {
  /** Undefined: nobody is known, as in the page that the browser keeps. */
  readonly clerk: { readonly user: string; readonly provider: string } | undefined;
  /** Of the form, once sent. */
  readonly requestId: string;
  readonly typed: string;
  readonly setting: 'outpatient' | 'inpatient';
  readonly fault: BoxFault | undefined;
  readonly answered: { readonly answer: ProviderAnswer; readonly nationalId: string | undefined } | undefined;
  /** No answer was to be had; under which code, if any. */
  readonly undetermined: { readonly trackingCode: string | undefined } | undefined;
}

export function DeskPage({ clerk, requestId, typed, setting, fault, answered, undetermined }: DeskPageProps) {
  const { say, language, isDemo, csrfToken } = useWords();
  // What is answered already is read, not begun anew.
  const isApp = answered === undefined && undetermined === undefined && fault === undefined;
  return (
    <ProviderPage title={say('provider.title')} clerk={clerk} hasScript={isApp}>
      <h1 className="unseen">{say('provider.title')}</h1>
      <div
        id="desk"
        data-language={language}
        data-demo={isDemo ? '' : undefined}
        data-csrf={csrfToken}
        data-user={clerk?.user}
      >
        <div className="desk">
          <div>
            <AskForm {...{ requestId, typed, setting, fault }} />
            {answered !== undefined && <AnswerShown {...answered} />}
            {undetermined !== undefined && <Undetermined nationalId={undefined} isOffline={false} {...undetermined} />}
          </div>
        </div>
      </div>
    </ProviderPage>
  );
}

export type NoteProps =
  | { readonly note: 'signedIn' | 'notFound' }
  | { readonly note: 'refused'; readonly why: Refusal; readonly seconds: number };

/** What is to be said instead of the desk. */
export function NotePage(props: NoteProps) {
  const { say } = useWords();
  return (
    <ProviderPage title={say('provider.title')} clerk={undefined} hasScript={false}>
      <h1>{say('provider.title')}</h1>
      {props.note === 'refused' ? <Refused {...props} /> : <p className="lead">{say(`provider.note.${props.note}`)}</p>}
      {props.note === 'refused' && props.why === 'forbidden' ? (
        <form method="post" action="/logout">
          <CsrfField />
          <button type="submit">{say('app.signOut')}</button>
        </form>
      ) : (
        <p>
          <a className="button" href="/provider">
            {say('provider.note.desk')}
          </a>
        </p>
      )}
    </ProviderPage>
  );
}

interface ProviderPageProps {
  readonly title: string;
  readonly clerk: DeskPageProps['clerk'];
  readonly hasScript: boolean;
  readonly children: ReactNode;
}

function ProviderPage({ title, clerk, hasScript, children }: ProviderPageProps) {
  const { language, say, assets, isDemo } = useWords();
  return (
    <html lang={language} dir={directions[language]}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#0A6C74" />
        <meta name="color-scheme" content="light dark" />
        <title>{say('app.title', { title })}</title>
        <link rel="preload" href={assets.font} as="font" type="font/woff2" crossOrigin="" />
        <link rel="stylesheet" href={assets.providerStyle} />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        {hasScript && <script src={assets.providerScript} type="module" />}
      </head>
      <body className="provider">
        <a className="skip" href="#page">
          {say('app.skip')}
        </a>
        <header>
          {isDemo && <p className="demo">{say('app.demo')}</p>}
          <Bar clerk={clerk} />
        </header>
        <main id="page" tabIndex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
}

function Bar({ clerk }: Pick<ProviderPageProps, 'clerk'>) {
  const { language, path, say } = useWords();
  const other = language === 'fa' ? 'en' : 'fa';
  return (
    <div className="bar">
      <a className="owner" href="/provider">
        {say('provider.title')}
      </a>
      <nav aria-label={say('provider.bar')}>
        {clerk !== undefined && (
          <span>
            {say('provider.clerk')} <bdi className="code">{clerk.provider}</bdi> · <bdi>{clerk.user}</bdi>
          </span>
        )}
        <a href={`${path}${path.includes('?') ? '&' : '?'}lang=${other}`} lang={other} hrefLang={other}>
          {say('app.otherLanguage')}
        </a>
        {clerk !== undefined && (
          <form method="post" action="/logout">
            <CsrfField />
            <button className="plain" type="submit">
              {say('app.signOut')}
            </button>
          </form>
        )}
      </nav>
    </div>
  );
}
