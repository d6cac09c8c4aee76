import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCase, type Case, type EnrolmentCase, type EntitlementCase } from '@estehqaq/law';

interface Example {
  readonly case: Readonly<Record<string, unknown>>;
}

/** The contract's examples that are valid cases: every regime and every standing, as JSON. */
export function exampleCases(): readonly Readonly<Record<string, unknown>>[] {
  const file = join(import.meta.dirname, '../law/examples/contract.ndjson');
  const examples = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Example);
  return examples.map((example) => example.case).filter((one) => !('error' in readCase(one)));
}

function readAll(cases: readonly unknown[]): Case[] {
  return cases.map(readCase).filter((one) => 'kind' in one);
}

export function enrolmentCases(): EnrolmentCase[] {
  return readAll(exampleCases()).filter((one) => one.kind === 'enrolment');
}

export function entitlementCases(): EntitlementCase[] {
  return readAll(exampleCases()).filter((one) => one.kind === 'entitlement');
}

/** What a day of inquiries looks like: providers ask about outpatients; one asker in ten is the person. */
export function inquiryCases(): EntitlementCase[] {
  const asked = entitlementCases().filter((one) => one.setting === 'outpatient');
  const contract = entitlementCases().find((one) => one.provider !== null && !one.provider.suspended)?.provider ?? null;
  return asked.flatMap((one, index) =>
    Array.from({ length: 10 }, (_, turn): EntitlementCase => {
      const isPerson = (index + turn) % 10 === 0;
      return { ...one, asker: isPerson ? 'self' : 'provider', provider: isPerson ? null : contract };
    }),
  );
}
