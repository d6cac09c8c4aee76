import { ESLint } from 'eslint';
import { expect, it } from 'vitest';
import { root } from './tracked-files.ts';

// Lint rules that need types have been seen to pass because no types reached them. So: they must find a planted fault.
it.each([
  [
    'a promise left floating',
    'server/main.ts',
    'const run = async () => Promise.resolve(1);\nrun();',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'a condition that is a number',
    'server/main.ts',
    'export const f = (n: number): string => (n ? "some" : "none");',
    '@typescript-eslint/strict-boolean-expressions',
  ],
  ['a clock in the law', 'law/index.ts', 'export const now = (): number => Date.now();', 'no-restricted-globals'],
])(
  'lint finds %s',
  async (_, filePath, text, rule) => {
    const [result] = await new ESLint({ cwd: root }).lintText(text, { filePath });
    expect(result?.messages).toEqual([expect.objectContaining({ ruleId: rule, severity: 2 })]);
  },
  60_000,
);
