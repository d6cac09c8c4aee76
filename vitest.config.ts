import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '.stryker-tmp/**', 'reports/**'],
    allowOnly: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['server/database/testing/setup.ts'],
  },
});
