import type { ReactNode } from 'react';
import { directions } from './language.ts';
import { useWords } from './view.tsx';

/** Whom the insured call (T-30). */
const telephone = '1420';

export interface LayoutProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Where "back" leads; none on the first page. */
  readonly back?: string | undefined;
  readonly hasErrors?: boolean | undefined;
  readonly isPrinted?: boolean | undefined;
  /** Asked for again by itself after so many seconds. */
  readonly reloadAfter?: number | undefined;
}

/** A whole page: everything around what it says. */
export function Layout({ title, children, back, hasErrors = false, isPrinted = false, reloadAfter }: LayoutProps) {
  const { language, say, assets } = useWords();
  const shown = hasErrors ? say('app.errorInTitle', { title }) : title;
  return (
    <html lang={language} dir={directions[language]}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#0A6C74" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={say('start.lead')} />
        {reloadAfter !== undefined && <meta httpEquiv="refresh" content={String(reloadAfter)} />}
        <title>{say('app.title', { title: shown })}</title>
        <link rel="preload" href={assets.font} as="font" type="font/woff2" crossOrigin="" />
        <link rel="stylesheet" href={assets.style} />
        <link rel="manifest" href="/insured/manifest.webmanifest" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/assets/icon-192.png" />
        <script src={assets.script} type="module" />
      </head>
      <body
        data-copied={say('app.copied')}
        data-sending={say('app.sending')}
        className={isPrinted ? 'printed' : undefined}
      >
        <a className="skip" href="#page">
          {say('app.skip')}
        </a>
        <Banner />
        <main id="page" tabIndex={-1}>
          {back !== undefined && (
            <a className="back" href={back}>
              {say('app.back')}
            </a>
          )}
          {children}
        </main>
        <Footer />
      </body>
    </html>
  );
}

function Banner() {
  const { language, isDemo, path, csrfToken, say } = useWords();
  const other = language === 'fa' ? 'en' : 'fa';
  const isSignedIn = csrfToken !== undefined;
  const area = path.startsWith('/enrol') ? '/enrol' : '/insured';
  return (
    <header>
      {isDemo && <p className="demo">{say('app.demo')}</p>}
      <div className="bar">
        <a className="owner" href={isSignedIn ? `${area}/home` : area}>
          {say('app.name')}
        </a>
        <nav aria-label={say('app.owner')}>
          {isSignedIn && <a href={`${area}/home`}>{say('app.home')}</a>}
          <a href={`${path}${path.includes('?') ? '&' : '?'}lang=${other}`} lang={other} hrefLang={other}>
            {say('app.otherLanguage')}
          </a>
          {isSignedIn && (
            <form method="post" action="/insured/sign-out">
              <CsrfField />
              <button className="plain" type="submit">
                {say('app.signOut')}
              </button>
            </form>
          )}
        </nav>
      </div>
    </header>
  );
}

function Footer() {
  const { say } = useWords();
  const [before = '', after = ''] = say('app.call', { number: '\u0000' }).split('\u0000');
  return (
    <footer>
      <p>
        {before}
        <Telephone />
        {after}
      </p>
    </footer>
  );
}

export function Telephone() {
  const { digits } = useWords();
  return (
    <a className="code" dir="ltr" href={`tel:${telephone}`}>
      {digits(telephone)}
    </a>
  );
}

export function CsrfField() {
  const { csrfToken } = useWords();
  return csrfToken === undefined ? null : <input type="hidden" name="csrf" value={csrfToken} />;
}
