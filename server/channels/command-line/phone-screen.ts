import { longestScreen, longestSms } from '../short-messages.ts';

/** The glass of a feature phone: so many characters in a line. */
const lineWidth = 20;

/** One SMS, with how much of its 70 characters it takes. */
export function drawSms(text: string): string {
  return text === '' ? '(no answer)' : draw(text, `SMS ${text.length}/${longestSms}`);
}

/** One USSD screen, with how much of its 80 characters it takes. */
export function drawScreen(text: string): string {
  return draw(text, `USSD ${text.length}/${longestScreen}`);
}

function draw(text: string, title: string): string {
  const bar = '─'.repeat(lineWidth);
  const lines = text.split('\n').flatMap(wrap);
  return [
    `┌${bar}┐ ${title}`,
    ...lines.map((line) => `│${line}${' '.repeat(Math.max(0, lineWidth - widthOf(line)))}│`),
    `└${bar}┘`,
  ].join('\n');
}

/** Between words where it can be; a word that is longer than the glass is cut. */
function wrap(line: string): string[] {
  const rows = [''];
  for (const word of line.split(' ')) {
    const last = rows.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (widthOf(longer) <= lineWidth) rows[rows.length - 1] = longer;
    else rows.push(...(word.match(new RegExp(`.{1,${lineWidth}}`, 'gu')) ?? []));
  }
  return rows[0] === '' && rows.length > 1 ? rows.slice(1) : rows;
}

/** A joiner takes no room. */
function widthOf(text: string): number {
  return text.replaceAll('\u200c', '').length;
}
