import { config as base } from './jest.config.js';

/** The dashboard's pages in a real browser, on a hospital that runs: `npm run test:browser`. */
export const config = {
  ...base,
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/browser/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/browser/support/global-teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/browser/support/retry.mjs'],
  // One hospital and one browser at a time.
  maxWorkers: 1,
  testTimeout: 90_000,
};
export default config;
