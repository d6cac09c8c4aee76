import { createHash } from 'node:crypto';
import { toDataURL } from 'qrcode';
import type { LoginFault, LoginStep } from '../../identity/index.ts';
import { loginFaultTexts, signInTexts as texts, signInTitles } from '../sign-in-texts.ts';
import type { Texts } from '../texts.ts';

/** The pages of the embedded issuer: plain forms in both languages, whole without scripts. */
export interface SignInPage {
  readonly step: Exclude<LoginStep, { name: 'done' }> | { readonly name: 'over' } | RecoveryCodes;
  /** Where the form goes. */
  readonly action: string;
  readonly fault?: LoginFault | 'tooOften' | undefined;
  /** What was typed as the user name; passwords and codes are typed again. */
  readonly user?: string | undefined;
  readonly isDemo: boolean;
}

interface RecoveryCodes {
  readonly name: 'recoveryCodes';
  readonly codes: readonly string[];
}

/** Another look on the same steps; `policy` is its Content-Security-Policy. */
export interface SignInLook {
  readonly render: (page: SignInPage) => Promise<string>;
  readonly policy: string;
}

const style = `
:root { color-scheme: light dark; }
body { font: 18px/1.8 system-ui, sans-serif; max-width: 28rem; margin: 2rem auto; padding: 0 1rem; }
label { display: block; margin-top: 1rem; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: 0.5rem; direction: ltr; text-align: left; }
button { font: inherit; margin-top: 1.5rem; padding: 0.5rem 1.5rem; min-height: 44px; }
.fault { border-inline-start: 4px solid #b91c1c; padding-inline-start: 0.75rem; }
.demo { border: 2px solid #b45309; border-radius: 4px; padding: 0.25rem 0.75rem; }
[lang=en] { direction: ltr; display: block; font-size: 0.85em; }
.demo [lang=en] { display: inline; }
h1 { font-size: 1.5rem; }
code { direction: ltr; unicode-bidi: isolate; overflow-wrap: anywhere; }
img { display: block; max-width: 100%; background: #fff; }
`;

export const plainLook: SignInLook = {
  render: renderPage,
  policy:
    `default-src 'none'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; ` +
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
};

async function renderPage({ step, action, fault, user = '', isDemo }: SignInPage): Promise<string> {
  const title = signInTitles[step.name];
  const wrong = fault === undefined ? undefined : fault === 'tooOften' ? texts.tooOften : loginFaultTexts[fault];
  const demo = isDemo ? '<p class="demo">آزمایشی · <bdi lang="en">demo</bdi></p>' : '';
  const shown = wrong === undefined ? '' : `<p class="fault" role="alert" id="fault">${both(wrong)}</p>`;
  return `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title.fa} · ${title.en}</title><style>${style}</style></head>
<body>${demo}
<main><h1>${both(title)}</h1>${shown}
${await body(step, action, escape(user))}</main>
</body></html>
`;
}

async function body(step: SignInPage['step'], action: string, user: string): Promise<string> {
  switch (step.name) {
    case 'password':
      return form(action, [
        field('user', texts.user, `autocomplete="username" autocapitalize="none" value="${user}"`),
        field('password', texts.password, 'type="password" autocomplete="current-password"'),
      ]);
    case 'setUpDevice':
      return `<p>${both(texts.setUp)}</p>
<img alt="QR" width="240" height="240" src="${await toDataURL(step.address, { width: 240 })}">
<p>${both(texts.key)} <code>${escape(step.secret.replace(/(.{4})(?=.)/g, '$1 '))}</code></p>
${form(action, [field('code', texts.firstCode, 'inputmode="numeric" autocomplete="one-time-code"')])}`;
    case 'deviceCode':
      return form(action, [field('code', texts.code, 'autocomplete="one-time-code" autocapitalize="none"')]);
    case 'newPassword':
      return form(action, [
        field('password', texts.newPassword, 'type="password" autocomplete="new-password" minlength="12"'),
        field('repeated', texts.repeated, 'type="password" autocomplete="new-password"'),
      ]);
    case 'recoveryCodes':
      return `<p>${both(texts.recoveryCodes)}</p>
<ul>${step.codes.map((code) => `<li><code>${escape(code)}</code></li>`).join('')}</ul>
<p><a href="${escape(action)}">${both(texts.goOn)}</a></p>`;
    case 'over':
      return `<p>${both(texts.over)}</p>`;
  }
}

function form(action: string, fields: readonly string[]): string {
  return `<form method="post" action="${escape(action)}">${fields.join('')}
<button>${both(texts.goOn)}</button></form>`;
}

function field(name: string, label: Texts, attributes: string): string {
  return `
<label for="${name}">${both(label)}</label><input id="${name}" name="${name}" required maxlength="800" ${attributes}>`;
}

function both({ fa, en }: Texts): string {
  return `${fa} <span lang="en">${en}</span>`;
}

function escape(written: string): string {
  return written.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
