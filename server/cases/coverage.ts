import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allClauses, type ClauseId, type Handled } from '@estehqaq/law';

/** In whose hands a clause is. */
export interface Coverage {
  readonly clause: ClauseId;
  /** `to be kept`: the feature that must keep it is not built yet. */
  readonly hands: 'coded' | 'said by another clause' | 'kept by the system' | 'to be kept by the system' | 'no rule';
  /** `file:line` of the code; or the clauses, the feature or the reason. */
  readonly where: readonly string[];
  readonly how: string;
}

const lawFolder = dirname(fileURLToPath(import.meta.resolve('@estehqaq/law')));

/** Where each clause stands in the law's own files: `law/clauses/…/article-3-a.ts:21`, one for every rule. */
function findPlaces(): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const folder = join(lawFolder, 'clauses');
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts') || /\.(?:test|cases)\.ts$/.test(entry)) continue;
    const file = ['law', relative(lawFolder, join(folder, entry)).split(sep).join('/')].join('/');
    const lines = readFileSync(join(folder, entry), 'utf8').split('\n');
    const clauseOfConstant = new Map<string, string>();
    lines.forEach((line, index) => {
      const cite = /^\s+cite: '([TM]-\d\d)'/.exec(line)?.[1];
      const constant = /^(?:export )?const (\w+) = \{/.exec(lines[index - 1] ?? '')?.[1];
      if (cite !== undefined && constant !== undefined) clauseOfConstant.set(constant, cite);
      const shared = /\.\.\.(\w+)[,\s]/.exec(line)?.[1];
      const spoken = constant === undefined ? (cite ?? clauseOfConstant.get(shared ?? '')) : undefined;
      if (spoken !== undefined) places.set(spoken, [...(places.get(spoken) ?? []), `${file}:${String(index + 1)}`]);
    });
  }
  return places;
}

/** All clauses, in the order of their numbers, and who answers for each. */
export function coverageOfTheLaw(): Coverage[] {
  const places = findPlaces();
  const first = new Map<ClauseId, Handled>();
  for (const clause of allClauses) if (!first.has(clause.cite)) first.set(clause.cite, clause);
  return [...first.values()].map((clause) => {
    const own = places.get(clause.cite) ?? [];
    switch (clause.kind) {
      case 'rule':
        return { clause: clause.cite, hands: 'coded', where: own, how: '' };
      case 'saidBy':
        return {
          clause: clause.cite,
          hands: 'said by another clause',
          where: clause.by.flatMap((by) => (places.get(by) ?? []).map((place) => `${by} ${place}`)),
          how: clause.how,
        };
      case 'kept':
        return {
          clause: clause.cite,
          hands: existsSync(join(lawFolder, '..', clause.by)) ? 'kept by the system' : 'to be kept by the system',
          where: [clause.by],
          how: clause.how,
        };
      case 'noRule':
        return { clause: clause.cite, hands: 'no rule', where: [], how: clause.because };
    }
  });
}
