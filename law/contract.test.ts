import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decide, readCaseText } from './index.ts';

/* The examples of the contract: every key of the expected decision is compared, `clauses`: at least those. */

type Example = { readonly name: string; readonly case: unknown; readonly decision: Readonly<Record<string, unknown>> };

const examples = readFileSync(new URL('examples/contract.ndjson', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Example);

function answerTo(asked: unknown): Readonly<Record<string, unknown>> {
  const facts = readCaseText(JSON.stringify(asked));
  return { ...('error' in facts ? facts : decide(facts)) };
}

describe('the contract’s examples', () => {
  it('are all here', () => {
    expect(examples.length).toBe(88);
    expect(new Set(examples.map(({ name }) => name)).size).toBe(88);
  });

  it.each(examples)('$name', ({ case: asked, decision: expected }) => {
    const answer = answerTo(asked);
    const { clauses, error, ...others } = expected;
    const fault = error as Readonly<Record<string, unknown>> | undefined;
    expect(Object.keys(expected).length).toBeGreaterThan(0);
    for (const [key, value] of Object.entries(others)) expect({ [key]: answer[key] }).toStrictEqual({ [key]: value });
    if (clauses !== undefined) expect(answer['clauses']).toEqual(expect.arrayContaining(clauses as unknown[]));
    if (fault !== undefined) expect(answer['error']).toMatchObject(fault);
    expect('error' in answer).toBe(fault !== undefined);
  });
});
