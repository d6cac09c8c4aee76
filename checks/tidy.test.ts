import { describe, expect, it } from 'vitest';
import { rules } from './tidy.ts';
import { readTextFiles } from './tracked-files.ts';

const files = readTextFiles();

describe('the tree is tidy', () => {
  it('was looked at', () => {
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['law/package.json', 'package-lock.json']));
  });

  it.each(rules)('$name', ({ find }) => {
    expect(files.flatMap((file) => find(file).map((breach) => `${file.path}: ${breach}`))).toEqual([]);
  });
});

describe('the check finds a planted breach', () => {
  it.each(rules)('$name', ({ find, planted }) => {
    expect(find(planted)).toHaveLength(1);
  });
});

describe('lines of code', () => {
  const rule = rules.find(({ name }) => name.startsWith('functions have'));
  const functionOf = (lines: string): string => `function decide() {\n${lines}}\n`;

  it('are not blank lines and comments', () => {
    const text = functionOf(`${'  next();\n'.repeat(68)}\n  // why\n  /** what\n   * it is */\n`);
    expect(rule?.find({ path: 'law/decide.ts', text })).toEqual([]);
  });
});
