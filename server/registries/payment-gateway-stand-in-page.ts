import { standInFaults, type StandInFault } from './payment-gateway-stand-in-faults.ts';
import type { StandInPayment } from './payment-gateway-stand-in-books.ts';

/** The page on which the payer of a demo pays nothing. */
export function payPage({ authority, amount, state }: StandInPayment, switchedOn: readonly StandInFault[]): string {
  const button = (does: string, label: string) =>
    `<form method="post" action="/pg/StartPay/${authority}/${does}"><button>${label}</button></form>`;
  const switches = Object.entries(standInFaults).map(
    ([name, label]) =>
      `<label><input type="checkbox" name="${name}"${switchedOn.includes(name as StandInFault) ? ' checked' : ''}> ` +
      `<bdi>${label}</bdi></label>`,
  );
  const open = state === 'IN_BANK';
  return `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>درگاه پرداخت آزمایشی · demo payment gateway</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.7 system-ui, sans-serif; max-width: 32rem; margin: 2rem auto; padding: 0 1rem; }
.demo { border: 2px solid #b45309; border-radius: 4px; padding: 0.5rem 0.75rem; font-weight: 700; }
.amount { font-size: 1.5rem; }
button { font: inherit; padding: 0.5rem 1.5rem; margin: 0.25rem 0; }
label { display: block; }
</style></head>
<body>
<p class="demo">آزمایشی: هیچ پولی جابه‌جا نمی‌شود<br><span lang="en" dir="ltr">demo: no money moves</span></p>
<h1>درگاه پرداخت آزمایشی <bdi lang="en">Demo payment gateway</bdi></h1>
<p class="amount">${new Intl.NumberFormat('fa').format(amount)} ریال · <bdi lang="en">${amount.toLocaleString('en')} rials</bdi></p>
${
  open
    ? `${button('pay', 'پرداخت · Pay')}\n${button('cancel', 'انصراف · Cancel')}`
    : `<p>این پرداخت پایان یافته است: <bdi lang="en">${state}</bdi></p>`
}
<details><summary>خطاهای آزمایشی · <bdi lang="en">faults to try</bdi></summary>
<form method="post" action="/stand-in/faults?back=${authority}">
${switches.join('\n')}
<button>اعمال · Apply</button></form></details>
</body></html>
`;
}
