import { defineConfig } from 'vitest/config';

const everywhere = ['**/node_modules/**', '.stryker-tmp/**', 'reports/**', 'portal/dist*/**'];
const inBrowsers = '**/*.browser.test.ts';

export default defineConfig({
  test: {
    allowOnly: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'code',
          include: ['**/*.test.ts'],
          exclude: [...everywhere, inBrowsers],
          globalSetup: ['server/database/testing/setup.ts', 'portal/testing/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [inBrowsers],
          exclude: everywhere,
          globalSetup: ['portal/testing/setup.ts', 'portal/testing/demo.ts'],
        },
      },
    ],
  },
});
