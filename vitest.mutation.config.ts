import { defineConfig } from 'vitest/config';

/** The tables of cases alone: a mutant must fall to an example that a person can read, and each run must be short. */
export default defineConfig({
  test: {
    include: [
      'law/contract.test.ts',
      'law/book.test.ts',
      'law/clauses/*/*.test.ts',
      'law/decide/question.test.ts',
      'law/explanation/*.test.ts',
      'law/clauses/catalogue.test.ts',
    ],
    exclude: ['**/node_modules/**'],
    testTimeout: 60_000,
  },
});
