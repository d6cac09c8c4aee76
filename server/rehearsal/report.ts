import { inPersianDigits } from '@estehqaq/law';
import { invariants, type Invariant } from './invariants.ts';
import type { Rehearsal } from './rehearse.ts';
import type { Counted, MonthTally } from './tally.ts';
import { dayText, inRials, sumOf } from './told.ts';
import { invariantsInPersian, words, type Language } from './words.ts';

/** A page that needs nothing else: no script, no other host. Both languages stand in it; a button shows one of them. */
export function reportOf(rehearsal: Rehearsal): string {
  return `<!doctype html>
<html lang="fa">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title.fa} · ${words.title.en}</title>
<style>${style}</style>
<input type="radio" name="language" id="fa" checked><label for="fa">فارسی</label>
<input type="radio" name="language" id="en"><label for="en">English</label>
<main lang="fa" dir="rtl">${sectionsOf(rehearsal, 'fa')}</main>
<main lang="en" dir="ltr">${sectionsOf(rehearsal, 'en')}</main>
</html>
`;
}

const style = `
body{margin:0 auto;max-width:72rem;padding:1rem;font:16px/1.6 system-ui,Tahoma,sans-serif;color:#1a1a1a;background:#fff}
main{display:none}#fa:checked~main[lang=fa],#en:checked~main[lang=en]{display:block}
input{position:absolute;opacity:0}label{display:inline-block;padding:.2rem .8rem;border:1px solid #777;border-radius:.3rem;cursor:pointer}
input:checked+label{background:#14532d;color:#fff}input:focus-visible+label{outline:3px solid #14532d;outline-offset:2px}
table{border-collapse:collapse;width:100%;margin-block:1rem}th,td{padding:.25rem .6rem;border-bottom:1px solid #ccc;text-align:start}
td.number{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}bdi{unicode-bidi:isolate}
svg{width:100%;height:auto;direction:ltr}.holds{color:#14532d}.broken{color:#9f1239;font-weight:700}
.scroll{overflow-x:auto}
`;

function sectionsOf(rehearsal: Rehearsal, language: Language): string {
  const { months, totals, breaches, refused } = rehearsal;
  const say = (name: keyof typeof words): string => words[name][language];
  const number = (value: number | bigint): string => numberText(inRials(BigInt(value)), language);
  const counts = (title: keyof typeof words, all: readonly Counted[]): string =>
    table(
      say(title),
      ['', say('count')],
      all.map(({ name, count }) => [isolated(name), number(count)]),
    );
  const byMonth = months.map((each) => [
    isolated(numberText(each.month, language)),
    ...[sumOf(each.applications), each.coversWritten, each.freeRenewals, each.lapsed, each.entitled].map(number),
    ...[each.paid, each.stateShare].map(number),
  ]);
  const ofMonth = [
    'month',
    'applications',
    'coversWritten',
    'freeRenewals',
    'lapsed',
    'entitled',
    'paid',
    'stateShare',
  ];
  return [
    `<h1>${say('title')}</h1>`,
    `<p>${headOf(rehearsal, language)}</p><p>${say('madeUp')}</p>`,
    checks(rehearsal, language),
    `<h2>${say('months')}: ${say('entitled')}</h2>${drawing(months, language)}`,
    table(
      say('months'),
      ofMonth.map((name) => say(name as keyof typeof words)),
      byMonth,
    ),
    table(
      say('byRegime'),
      [say('regime'), say('count'), say('payable'), say('stateShare')],
      totals.byRegimeAndGroup.map(({ name, count, payable, stateShare }) => [
        isolated(name),
        ...[count, payable, stateShare].map(number),
      ]),
    ),
    counts('states', totals.byState),
    counts('bills', totals.bills),
    counts('payments', totals.payments),
    `<p>${say('refunds')}: ${number(totals.refunds.count)}, ${number(totals.refunds.amount)}</p>`,
    counts('deciles', totals.deciles),
    counts('notices', totals.notices),
    counts(
      'refused',
      refused.map(([name, count]) => ({ name, count })),
    ),
    ...(breaches.length === 0
      ? []
      : [
          table(
            say('breaches'),
            ['', '', ''],
            breaches.map(({ day, invariant, detail }) => [day, invariant, detail].map(isolated)),
          ),
        ]),
  ].join('\n');
}

function headOf(rehearsal: Rehearsal, language: Language): string {
  const { from, to, households, seed, faults, killed, seconds, isWhole } = rehearsal;
  const say = (name: keyof typeof words): string => words[name][language];
  const number = (value: number): string => numberText(inRials(BigInt(value)), language);
  const day = (value: typeof from): string => isolated(numberText(dayText(value), language));
  return [
    `${say('from')} ${day(from)} ${say('to')} ${day(to)}`,
    `${number(households)} ${say('households')}`,
    `${say('seed')} ${number(seed)}`,
    say(faults ? 'faults' : 'noFaults'),
    `${say('killed')}: ${number(killed)}`,
    `${number(Math.round(seconds))} ${say('seconds')}`,
    ...(isWhole ? [] : [say('notWhole')]),
  ].join(language === 'fa' ? '، ' : ', ');
}

function checks({ breaches }: Rehearsal, language: Language): string {
  const say = (name: keyof typeof words): string => words[name][language];
  const rows = (Object.keys(invariants) as Invariant[]).map((name) => {
    const isBroken = breaches.some(({ invariant }) => invariant === name);
    const text = language === 'fa' ? invariantsInPersian[name] : invariants[name];
    const [kind, verdict] = isBroken ? ['broken', say('broken')] : ['holds', say('holds')];
    return [text, `<span class="${kind}">${verdict}</span>`];
  });
  const all = breaches.length === 0 ? `<p class="holds">${say('allHold')}</p>` : '';
  return `${all}${table(say('invariants'), ['', ''], rows, false)}`;
}

const barWidth = 28;
const gap = 8;
const height = 200;

/** Bars from left to right in both languages, as time is drawn in the insurer's own charts. */
function drawing(months: readonly MonthTally[], language: Language): string {
  const most = Math.max(1, ...months.map(({ entitled }) => entitled));
  const width = months.length * (barWidth + gap);
  const bars = months.map(({ month, entitled }, index) => {
    const tall = Math.round((entitled / most) * height);
    const left = index * (barWidth + gap);
    const label = numberText(month.slice(2), language);
    const title = `${numberText(month, language)}: ${numberText(String(entitled), language)}`;
    return `<g><title>${title}</title><rect x="${left}" y="${height - tall}" width="${barWidth}" height="${tall}" fill="#14532d"/><text x="${left + barWidth / 2}" y="${height + 14}" font-size="9" text-anchor="middle">${label}</text></g>`;
  });
  return `<svg viewBox="0 0 ${width} ${height + 20}" role="img" aria-label="${words.entitled[language]}">${bars.join('')}</svg>`;
}

function table(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  isCounted = true,
): string {
  const cell = (text: string, index: number): string =>
    `<td${index > 0 && isCounted ? ' class="number"' : ''}>${text}</td>`;
  return `<h2>${title}</h2><div class="scroll"><table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map(cell).join('')}</tr>`)
    .join('')}</tbody></table></div>`;
}

/** What is of another script than the sentence keeps its own direction. */
function isolated(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<bdi>${safe}</bdi>`;
}

function numberText(text: string, language: Language): string {
  return language === 'fa' ? inPersianDigits(text).replaceAll(',', '٬') : text;
}
