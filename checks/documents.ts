import { posix } from 'node:path';
import type { TextFile } from './tracked-files.ts';

/** The relative links of a Markdown file that lead to no file and no folder among the paths given. */
export function findDeadLinks({ path, text }: TextFile, paths: readonly string[]): string[] {
  const prose = text.replace(/^(```+)[^]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(<?([^)\s>]+)/g)].flatMap(([, target = '']) => {
    if (/^(?:[a-z]+:|#)/.test(target)) return [];
    const wanted = posix.join(posix.dirname(path), decodeURI(target.replace(/#.*$/, ''))).replace(/\/$/, '');
    return paths.some((each) => each === wanted || each.startsWith(`${wanted}/`)) ? [] : [`${path}: ${target}`];
  });
}
