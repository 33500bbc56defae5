import { config as base } from './jest.config.js';

/** Tests that need more than Node (Go, Java, a broker): `npm run test:engines`, which installs what they need. */
export const config = {
  ...base,
  roots: ['<rootDir>/test/engines'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Engines start processes of their own: one suite at a time leaves each the machine.
  maxWorkers: 1,
  testTimeout: 180_000,
};
export default config;
