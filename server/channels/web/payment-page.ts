import { createHash } from 'node:crypto';
import { paymentTexts } from '../payment-texts.ts';

/** The page on which a payer arrives from the gateway: plain HTML in both languages, without scripts, about nobody. */

const style = `
:root { color-scheme: light dark; }
body { font: 18px/1.8 system-ui, sans-serif; max-width: 32rem; margin: 2rem auto; padding: 0 1rem; }
.demo { border: 2px solid #b45309; border-radius: 4px; padding: 0.25rem 0.75rem; }
[lang=en] { direction: ltr; text-align: left; }
`;

export const paymentPagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(style)
  .digest('base64')}'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'`;

const secondsToNextLook = 15;

export interface PaymentPage {
  readonly state: keyof typeof paymentTexts;
  /** Of the gateway. */
  readonly reference: string | null;
  readonly isDemo: boolean;
}

export function paymentPage({ state, reference, isDemo }: PaymentPage): string {
  const { fa, en } = paymentTexts[state];
  const look = state === 'unknown' ? `<meta http-equiv="refresh" content="${secondsToNextLook}">` : '';
  const demo = isDemo ? '<p class="demo">آزمایشی · <bdi lang="en">demo</bdi></p>' : '';
  const shown = reference === null ? undefined : text(reference);
  const receipt = (label: string): string => (shown === undefined ? '' : `<p>${label}: <bdi>${shown}</bdi></p>`);
  return `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${look}
<title>نتیجه پرداخت · Result of the payment</title><style>${style}</style></head>
<body>${demo}
<h1>نتیجه پرداخت</h1>
<p>${fa}</p>${receipt('شماره پیگیری پرداخت')}
<section lang="en"><h2>Result of the payment</h2>
<p>${en}</p>${receipt('Reference of the payment')}</section>
</body></html>
`;
}

function text(written: string): string {
  return written.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
