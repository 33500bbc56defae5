import tseslint from 'typescript-eslint';

/**
 * Imports point one way: each folder with those that it may import from. The order is the architecture
 * (docs/architecture.md); a folder that is not named here may import nothing of ours.
 */
const LAYERS = {
  beam: [],
  schema: [],
  brokers: ['schema'],
  model: ['beam', 'schema'],
  transforms: ['model', 'beam', 'schema'],
  lake: ['transforms', 'model', 'beam', 'schema'],
  bigquery: ['lake', 'transforms', 'model', 'beam', 'schema'],
  query: ['lake', 'bigquery', 'transforms', 'model', 'beam', 'schema'],
  simulator: ['brokers', 'query', 'lake', 'transforms', 'model', 'beam', 'schema'],
  pipeline: ['brokers', 'query', 'lake', 'bigquery', 'transforms', 'model', 'beam', 'schema'],
  dashboard: ['pipeline', 'simulator', 'query', 'lake', 'bigquery', 'transforms', 'model', 'beam', 'schema'],
  cli: [
    'dashboard',
    'pipeline',
    'simulator',
    'brokers',
    'query',
    'lake',
    'bigquery',
    'transforms',
    'model',
    'beam',
    'schema',
  ],
};

/** Row logic stays pure: no I/O, no cloud, in the folders that another engine would take over as they are. */
const IMPURE = [
  'node:fs',
  'node:fs/*',
  'node:net',
  'node:http',
  'node:https',
  'node:child_process',
  'node:worker_threads',
  'node:os',
  '@google-cloud/*',
  '@duckdb/*',
  'kafkajs',
];

const layerRules = Object.entries(LAYERS).map(([folder, allowed]) => {
  const forbidden = Object.keys(LAYERS).filter((other) => other !== folder && !allowed.includes(other));
  const patterns = [
    {
      group: forbidden.map((other) => `**/${other}/**`),
      message: `${folder}/ may import from ${allowed.join(', ') || 'no other folder'} only.`,
    },
  ];
  if (folder === 'transforms' || folder === 'model' || folder === 'schema') {
    patterns.push({ group: IMPURE, message: `${folder}/ is pure: no I/O and no cloud clients.` });
  }
  if (folder !== 'beam') {
    patterns.push({ group: ['apache-beam/*'], message: 'Import Beam from beam/index.js, where its repairs are.' });
  }
  return {
    files: [`${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: patterns.filter((p) => p.group.length > 0) }] },
  };
});

export const config = tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'No default exports: a name is the same everywhere.' },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['transforms/**/*.ts', 'model/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an argument.' },
        { object: 'Math', property: 'random', message: 'Chance is an argument.' },
      ],
    },
  },
  ...layerRules,
  // The browser's part: its own files, the types of the answers, uPlot, and what is pure and small of the schema and the thresholds.
  {
    files: ['dashboard/pages/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex:
                '^(?!\\./|uplot$|(\\.\\./)+(alerts|charts|dom|hospital|logic|patient|pipeline|shell|source)/|(\\.\\./)+api\\.js$|(\\.\\./)+schema/vitals\\.js$|(\\.\\./)+transforms/clinical/thresholds\\.js$)',
              message:
                'dashboard/pages/ runs in the browser: its own files, ../api types, uplot, schema/vitals and clinical thresholds only.',
            },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text is text: dom/element.ts.' },
        { property: 'outerHTML', message: 'Text is text: dom/element.ts.' },
        { property: 'insertAdjacentHTML', message: 'Text is text: dom/element.ts.' },
      ],
    },
  },
  // Tools that want a default export, and the one place that silences the SDK's console.
  { files: ['*.config.js', 'test/browser/support/global-*.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['beam/quiet.ts'], rules: { 'no-console': 'off' } },
  { files: ['bench/**', 'scripts/**'], rules: { 'no-console': 'off' } },
);
export default config;
