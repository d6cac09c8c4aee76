import { describe, expect, it } from 'vitest';
import { coverageOfTheLaw } from '../server/cases/index.ts';
import { clausesInNames, findUntested } from './kept-clauses.ts';
import { isTest, readTextFiles } from './tracked-files.ts';

const planted = (text: string) => ({ path: 'server/planted.test.ts', text });

describe('clauses that the system keeps', () => {
  it('are found in the names of tests', () => {
    expect(clausesInNames(planted(`describe('M-40, M-41: a newborn', () => { it("T-02: is", () => {}); });`))).toEqual([
      ...['M-40', 'M-41', 'T-02'],
    ]);
    expect(clausesInNames(planted('it.each(rows)(`M-15: ${name} after`, () => {});'))).toEqual(['M-15']);
    expect(clausesInNames(planted(`it('keeps M-15: always', () => {}); expect('M-16: no test');`))).toEqual([]);
  });

  it('and one that no test is named by is noticed', () => {
    expect(findUntested(['M-15', 'M-16'], [planted(`it('M-15: is paid once', () => {});`)])).toEqual(['M-16']);
  });

  it('are each kept by a test that is named so: all of the mandatory insurance', () => {
    const kept = coverageOfTheLaw().filter(({ hands, clause }) => hands === 'kept by the system' && clause[0] === 'M');
    const tests = readTextFiles().filter(({ path }) => path.startsWith('server/') && isTest(path));
    expect(kept.length).toBeGreaterThan(10);
    expect(tests.length).toBeGreaterThan(50);
    expect(
      findUntested(
        kept.map(({ clause }) => clause),
        tests,
      ),
    ).toEqual([]);
  });
});
