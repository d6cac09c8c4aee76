import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allClauses, sources } from '@estehqaq/law';
import { mandatoryInsurance, treatmentEntitlement } from '../law/decide/questions.ts';
import { Question } from '../law/decide/question.ts';
import { coverageOfTheLaw } from '../server/cases/index.ts';
import { normalised } from './normalised.ts';
import { root } from './tracked-files.ts';

const lastNumbers = { T: 38, M: 64 } as const;

const everyId = (['T', 'M'] as const).flatMap((instrument) =>
  Array.from({ length: lastNumbers[instrument] }, (_, index) => `${instrument}-${String(index + 1).padStart(2, '0')}`),
);

function readSource(file: string): string {
  return readFileSync(join(root, 'law/sources', file), 'utf8');
}

function isQuestion(part: unknown): part is Question<never, object> {
  return part instanceof Question;
}

function everyQuestion(part: unknown): Question<never, object>[] {
  if (isQuestion(part)) return [part];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(everyQuestion) : [];
}

describe('sources', () => {
  it.each(sources)('$file is the text whose hash is recorded', ({ file, sha256 }) => {
    expect(createHash('sha256').update(readSource(file)).digest('hex')).toBe(sha256);
  });

  it('letters are compared after unifying ya, kaf, digits and blanks, and nothing else', () => {
    expect(normalised('كتاب\u200cهاي ۱۲٣')).toBe(normalised('کتابهای 123'));
    expect(normalised('درمان')).not.toBe(normalised('درماں'));
  });

  it.each(allClauses.map((clause) => [clause.cite, clause.fa] as const))('%s quotes its source', (cite, quote) => {
    const source = sources.find(({ instrument }) => cite.startsWith(instrument));
    expect(normalised(quote).length).toBeGreaterThan(2);
    expect(normalised(readSource(source?.file ?? ''))).toContain(normalised(quote));
  });
});

describe('a clause with several rules', () => {
  it('has the same words everywhere', () => {
    for (const { cite, fa, en, doubts } of allClauses) {
      const first = allClauses.find((clause) => clause.cite === cite);
      expect({ cite, fa, en, doubts }).toEqual({ cite, fa: first?.fa, en: first?.en, doubts: first?.doubts });
    }
  });
});

describe('coverage', () => {
  const coverage = coverageOfTheLaw();

  it('has every clause, once', () => {
    expect(coverage.map(({ clause }) => clause).toSorted()).toEqual(everyId.toSorted());
  });

  it.each(coverage)('$clause is in somebody’s hands', ({ hands, where, how }) => {
    if (hands === 'no rule') expect(how).not.toBe('');
    else expect(where).not.toEqual([]);
    if (hands === 'coded') for (const place of where) expect(place).toMatch(/^law\/clauses\/[\w/-]+\.ts:\d+$/);
    if (hands.endsWith('kept by the system'))
      expect([...where, how].join(' ')).toMatch(/^(?:server|portal)\/[\w/-]+ \S/);
  });

  it('points at the line on which the clause stands', () => {
    for (const { clause, where } of coverage.filter(({ hands }) => hands === 'coded')) {
      for (const place of where) {
        const [file = '', line = ''] = place.split(':');
        const lines = readFileSync(join(root, file), 'utf8').split('\n');
        const constant = /\.\.\.(\w+),/.exec(lines[Number(line) - 1] ?? '')?.[1];
        const start = constant === undefined ? Number(line) - 1 : lines.indexOf(`const ${constant} = {`) + 1;
        expect(`${place} ${lines[start] ?? ''}`).toBe(`${place}   cite: '${clause}',`);
      }
    }
  });

  it('asks every coded rule in some question', () => {
    const asked = new Set<unknown>(
      everyQuestion([mandatoryInsurance, treatmentEntitlement]).flatMap(({ clauses }) => clauses),
    );
    const rules = allClauses.filter((clause) => clause.kind === 'rule');
    expect(rules.length).toBeGreaterThan(60);
    expect(rules.filter((rule) => !asked.has(rule)).map(({ cite, en }) => `${cite} ${en}`)).toEqual([]);
  });

  it('lets a clause be said by another only where the other is coded', () => {
    const coded = new Set<string>(coverage.filter(({ hands }) => hands === 'coded').map(({ clause }) => clause));
    for (const clause of allClauses)
      if (clause.kind === 'saidBy') expect(clause.by.filter((by) => !coded.has(by))).toEqual([]);
  });
});
