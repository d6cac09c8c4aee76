import { describe, expect, it } from 'vitest';
import { decideEntitlement } from '../../decide.ts';
import type { EntitlementDecision } from '../../decision.ts';
import { readCase } from '../../facts/read-case.ts';
import { isoDay } from '../../words/day.ts';
import { getHijriDay } from '../../words/solar-hijri.ts';
import * as answer from './answer.cases.ts';
import * as children from './children.cases.ts';
import * as dependants from './dependants.cases.ts';
import * as inpatient from './inpatient.cases.ts';
import * as lastDays from './last-days.cases.ts';
import * as order from './order.cases.ts';
import * as ownStanding from './own-standing.cases.ts';
import * as severalStandings from './several-standings.cases.ts';
import * as survivors from './survivors.cases.ts';
import type { Row, Table } from './written.cases.ts';

const tables: readonly Table[] = [
  order,
  answer,
  inpatient,
  ownStanding,
  dependants,
  children,
  survivors,
  severalStandings,
  lastDays,
].flatMap((file) => Object.values(file));

/** The same with every Solar Hijri day (`1399/03/01`) as the contract's Gregorian one. */
function inGregorian(written: unknown): unknown {
  if (typeof written === 'string') return /^\d{4}\/\d\d\/\d\d$/.test(written) ? isoDay(getHijriDay(written)) : written;
  if (Array.isArray(written)) return written.map(inGregorian);
  if (typeof written !== 'object' || written === null) return written;
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, inGregorian(value)]));
}

function decide(row: Row): EntitlementDecision {
  const facts = readCase(inGregorian(row.case));
  if ('error' in facts) throw new Error(`${facts.error.path}: ${facts.error.message}`);
  if (facts.kind !== 'entitlement') throw new Error(`expected an entitlement case, not ${facts.kind}`);
  return decideEntitlement(facts);
}

const toldToAll = ['caseId', 'clauses', 'kind', 'lawVersion', 'on', 'outcome', 'reasons', 'setting'];
const keysToldTo: Readonly<Record<string, readonly string[]>> = {
  provider: toldToAll,
  staff: [...toldToAll, 'actingClass', 'needs'],
  self: [...toldToAll, 'actingClass', 'needs', 'entitledUntil', 'endedOn'],
};

const firstDay = '1399/03/01';

describe.each(tables)('$subject', ({ rows }) => {
  it.each(rows)('$name', (row) => {
    const decision = decide(row);
    const compared = Object.fromEntries(Object.entries(decision).filter(([key]) => key in row.decision));
    expect(compared).toStrictEqual(inGregorian(row.decision));
    expect(Object.keys(decision).sort()).toStrictEqual([...(keysToldTo[String(row.case['asker'])] ?? [])].sort());
    expect(decision).toMatchObject({
      kind: 'entitlement',
      caseId: null,
      on: inGregorian(row.case['on']),
      setting: row.case['setting'],
    });
  });

  it('begins before the order, and goes on after it, under names of which none is used twice', () => {
    const days = rows.map((row) => String(row.case['on']));
    expect(days[0]).toBe('1399/02/31');
    expect(days.filter((day) => day >= firstDay).length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });
});

describe('the tables together', () => {
  const rows = tables.flatMap((table) => table.rows);
  const outcomes = rows.map(({ decision }) => decision.outcome);
  const reasons = new Set(rows.flatMap(({ decision }) => decision.reasons ?? []));
  const clauses = new Set(rows.flatMap(({ decision }) => decision.clauses ?? []));

  it('come to every outcome', () => {
    expect([...new Set(outcomes)].sort()).toStrictEqual([
      'ENTITLED',
      'NEEDS_FACTS',
      'NOT_CONTRACTED',
      'NOT_ENTITLED',
      'NOT_IN_FORCE',
      'PROVISIONAL',
      'REFER_CURRENT_PROCEDURE',
    ]);
  });

  it('name every reason and every category', () => {
    expect([...reasons].sort()).toStrictEqual([
      'CONTRIBUTION_ENDED',
      'DAUGHTER_MARRIED',
      'DAUGHTER_NO_ID_SIGHT',
      'DECEASED',
      'DEPENDANT_EMPLOYED',
      'DOCUMENT_MISSING',
      'ELECTION_REQUIRED',
      'LEFT_DEPENDENCY',
      'NOT_COVERED',
      'NOT_PAID_THROUGH',
      'NO_TREATMENT_OPTION',
      'OTHER_INSURER',
      'OVERLAP_OTHER_INSURER',
      'OVERLAP_PENDING',
      'OVERLAP_UNCHECKED',
      'PARENT_RULE',
      'PENSION_ENDED',
      'PENSION_NOT_STARTED',
      'PRINCIPAL_NOT_ENTITLED',
      'SON_AGE_NO_CERT',
      'SPOUSE_RULE',
      'UNEMPLOYMENT_BENEFIT_ENDED',
    ]);
  });

  it('cite every clause that is a rule', () => {
    expect([...clauses].sort()).toStrictEqual(
      ['04', '05', '07', '08', '09', '18', '19', '20', '21', '24', '25', '31', '32', '33', '34', '35', '38'].map(
        (number) => `T-${number}`,
      ),
    );
  });
});
