import { spawnSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const server = join(import.meta.dirname, '../..');
const cases = readFileSync(join(server, '../law/examples/cases.ndjson'), 'utf8');

function estehqaq(args: readonly string[], input = '', stdout: 'pipe' | number = 'pipe') {
  const ended = spawnSync(process.execPath, [join(server, 'estehqaq.js'), ...args], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', stdout, 'pipe'],
  });
  return { status: ended.status, out: ended.stdout, error: ended.stderr };
}

describe('decide', () => {
  it('ends with 0 where every line was decided', () => {
    const { status, out } = estehqaq(['decide'], cases);
    expect(status).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(9);
  });

  it('ends with 1 where a line was no valid case, and answers the rest', () => {
    const { status, out } = estehqaq(['decide'], `no json\n${cases}`);
    expect(status).toBe(1);
    expect(out.trimEnd().split('\n')).toHaveLength(10);
    expect(JSON.parse(out.split('\n')[0] ?? '')).toEqual({
      caseId: null,
      error: { code: 'INVALID_CASE', path: '', message: 'expected one JSON object' },
    });
  });

  it('explains in Persian with Persian digits and days in words', () => {
    const { out } = estehqaq(['decide', '--explain'], cases);
    const { explanation } = JSON.parse(out.split('\n')[0] ?? '') as { explanation: { fa: string[] } };
    const words = explanation.fa.map((line) => line.replaceAll(/\b[TM]-\d\d\b|http\S+/g, '')).join('\n');
    expect(words).not.toMatch(/\d/);
    expect(words).toContain('۶٬۰۶۷٬۵۲۴ ریال');
  });

  it('prints JSON Schemas', () => {
    const both = JSON.parse(estehqaq(['decide', '--schema']).out) as { case: object; decision: object };
    expect(Object.keys(both)).toEqual(['case', 'decision']);
    expect(JSON.parse(estehqaq(['decide', '--schema', 'case']).out)).toEqual(both.case);
  });

  it('refuses what it does not understand with 2', () => {
    expect(estehqaq(['decide', '--schema', 'answer'])).toMatchObject({ status: 2 });
    expect(estehqaq(['decide', '--parameters', 'no-such-file.json'])).toMatchObject({ status: 2 });
    expect(estehqaq(['decied'])).toMatchObject({ status: 2 });
  });

  it('says that the output cannot be written', () => {
    // A descriptor that is open for reading alone takes no output, on every system.
    const { status, error } = estehqaq(['decide'], cases, openSync(join(server, 'package.json'), 'r'));
    expect(status).toBe(2);
    expect(error).toContain('error: the output could not be written');
  });
});

describe('law', () => {
  it('prints a clause with its words and its place', () => {
    const { out } = estehqaq(['law', 'clauses', 'm-24']);
    expect(out).toContain('«صددرصد حق بیمه خانوار از جانب دولت پرداخت»');
    expect(out).toMatch(/coded: law\/clauses\/mandatory-insurance\/article-3-a\.ts:\d+/);
  });

  it('knows no clause M-65', () => {
    expect(estehqaq(['law', 'clauses', 'M-65'])).toMatchObject({ status: 2, out: '' });
  });

  it('prints the figures of a day', () => {
    expect(estehqaq(['law', 'parameters', '--on', '1398/05/01']).out).toMatch(
      /perCapitaMonthly .*\n +1398\/01\/01 +484000 +source +M-17/,
    );
    expect(estehqaq(['law', 'parameters', '--on', '1398/13/01'])).toMatchObject({ status: 2 });
  });

  it('has every clause in somebody’s hands', () => {
    expect(estehqaq(['law', 'coverage'])).toMatchObject({
      status: 0,
      out: expect.stringContaining('102 of 102 clauses are in somebody') as string,
    });
  });
});
