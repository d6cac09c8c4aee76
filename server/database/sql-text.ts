/** A small reader of SQL text: enough to hold migrations to the rules, no more. */

/** The same text, with comments and what stands between quotes blanked out, so that words are words of SQL. */
export function blankOut(sql: string, blankLiterals = true): string {
  const pattern = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g;
  return sql.replace(pattern, (found) =>
    found.startsWith("'") && !blankLiterals ? found : found.replace(/[^\n']/g, ' '),
  );
}

/** The text from an opening bracket to its closing one, without the two. */
export function readBrackets(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return text.slice(open + 1, at);
  }
  return text.slice(open + 1);
}

/** Divides at commas that stand in no brackets. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(begin, at));
      begin = at + 1;
    }
  }
  return [...parts, text.slice(begin)].map((part) => part.trim()).filter((part) => part !== '');
}

export function bareName(name: string): string {
  return name
    .replaceAll('"', '')
    .replace(/^public\./, '')
    .toLowerCase();
}
