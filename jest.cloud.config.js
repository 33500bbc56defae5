import { config as base } from './jest.config.js';

/** Tests of what is deployed, which need more than Node (Go, Python, an SQL analyzer): `npm run test:cloud`. */
export const config = {
  ...base,
  roots: ['<rootDir>/test/cloud'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 180_000,
};
export default config;
