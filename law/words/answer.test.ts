import { describe, expect, it } from 'vitest';
import { all, any, anyKnown, not, Unknown, type Answer } from './answer.ts';

/* Three-valued: yes, no, and unknown by the names of the facts that are missing. */

const income = new Unknown(['income']);
const decile = new Unknown(['decile', 'income']);

function plain(answer: Answer): boolean | readonly string[] {
  return answer instanceof Unknown ? answer.facts : answer;
}

describe('all', () => {
  it.each<[readonly Answer[], boolean | readonly string[]]>([
    [[], true],
    [[true], true],
    [[false], false],
    [[income], ['income']],
    [[true, true], true],
    [[true, false], false],
    [[false, true], false],
    [[false, false], false],
    [[true, income], ['income']],
    [[income, true], ['income']],
    [[false, income], false],
    [[income, false], false],
    [
      [income, decile],
      ['income', 'decile'],
    ],
    [
      [decile, income],
      ['decile', 'income'],
    ],
    [[income, decile, false], false],
  ])('%j', (answers, expected) => {
    expect(plain(all(...answers))).toStrictEqual(expected);
  });
});

describe('any', () => {
  it.each<[readonly Answer[], boolean | readonly string[]]>([
    [[], false],
    [[true], true],
    [[false], false],
    [[income], ['income']],
    [[true, true], true],
    [[true, false], true],
    [[false, true], true],
    [[false, false], false],
    [[true, income], true],
    [[income, true], true],
    [[false, income], ['income']],
    [[income, false], ['income']],
    [
      [income, decile],
      ['income', 'decile'],
    ],
    [[income, decile, true], true],
  ])('%j', (answers, expected) => {
    expect(plain(any(...answers))).toStrictEqual(expected);
  });
});

describe('any that is known', () => {
  it.each<[readonly Answer[], boolean | readonly string[]]>([
    [[], false],
    [[true], true],
    [[false], false],
    [[true, income], true],
    [[income, true], true],
    [[false, income], false],
    [[income, false], false],
    [
      [income, decile],
      ['income', 'decile'],
    ],
    [[income], ['income']],
    [[false, true, income], true],
  ])('%j', (answers, expected) => {
    expect(plain(anyKnown(...answers))).toStrictEqual(expected);
  });
});

describe('not', () => {
  it('turns yes and no round, and leaves what is unknown as it is', () => {
    expect(not(true)).toBe(false);
    expect(not(false)).toBe(true);
    expect(not(decile)).toBe(decile);
  });

  it('turns all into any', () => {
    const three: readonly Answer[] = [true, false, income];
    for (const one of three) {
      for (const other of three) {
        expect(plain(not(all(one, other)))).toStrictEqual(plain(any(not(one), not(other))));
      }
    }
  });
});
