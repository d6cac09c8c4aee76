import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Handled } from '../words/clause.ts';
import { allClauses } from './index.ts';

/** One line a rule: what it is an exception to, what it asks for, what it reckons with, when it is law; or who keeps it. */
function line(clause: Handled): string {
  switch (clause.kind) {
    case 'rule': {
      const { cite, exceptionTo, restsOn, facts, figures, inForce, speaksWhenSuspended } = clause;
      return [
        `${cite} rule`,
        ...(exceptionTo.length > 0 ? [`exception to ${exceptionTo.map((general) => general.cite).join(', ')}`] : []),
        ...(restsOn === undefined ? [] : [`rests on ${restsOn.cite}`]),
        ...(facts.length > 0 ? [`asks ${facts.join(', ')}`] : []),
        ...(figures.length > 0 ? [`reckons with ${figures.join(', ')}`] : []),
        inForce.map(({ from, until }) => `from ${from}${until === undefined ? '' : ` until ${until}`}`).join(', '),
        ...(speaksWhenSuspended === true ? ['while suspended'] : []),
      ].join(' | ');
    }
    case 'saidBy':
      return `${clause.cite} said by ${clause.by.join(', ')}`;
    case 'kept':
      return `${clause.cite} kept by ${clause.by}`;
    case 'noRule':
      return `${clause.cite} no rule`;
  }
}

it('the clauses stand together as the catalogue says: a change of the law is seen there first', () => {
  const catalogue = readFileSync(join(import.meta.dirname, 'catalogue.txt'), 'utf8');
  const lines = catalogue.trimEnd().split('\n');
  expect(allClauses.map(line).toSorted()).toEqual(lines.toSorted());
  expect(lines.map((one) => one.slice(0, 4))).toEqual(allClauses.map(({ cite }) => cite));
});
