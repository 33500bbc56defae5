/** Jest on SWC, native ESM. Coverage must be V8's: Istanbul rewrites the DoFns that Beam serialises. */
export const config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // Need more than Node: npm run test:engines, npm run test:cloud, npm run test:browser.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/engines/',
    '<rootDir>/test/cloud/',
    '<rootDir>/test/browser/',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Jest leaves a core to whoever watches; these suites have the machine to themselves.
  maxWorkers: '100%',
  coverageProvider: 'v8',
  testTimeout: 60_000,
};
export default config;
