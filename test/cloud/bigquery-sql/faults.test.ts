import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadViews } from '../../../bigquery/load-views.js';
import { PLANTED_FAULTS, RIGHT_MATERIALIZED, RIGHT_TABLE, RIGHT_VIEW } from '../../bigquery/planted-faults.js';
import { Analyzer } from './analyzer.js';
import { describeWith, installAnalyzer, startAnalyzer, type AnalyzerServer } from './server.js';

const BIGQUERY = fileURLToPath(new URL('../../../bigquery/', import.meta.url));
const VIEWS = await loadViews(`${BIGQUERY}views`);

describeWith(installAnalyzer(), 'the SQL analyzer over planted faults', (folder) => {
  let server: AnalyzerServer;
  let analyzer: Analyzer;
  beforeAll(async () => {
    server = await startAnalyzer(folder);
    analyzer = await Analyzer.over(server);
    for (const name of readdirSync(`${BIGQUERY}tables`)) await analyzer.analyze(read(`tables/${name}`));
    for (const { name } of VIEWS) await analyzer.analyze(read(`views/${name}.sql`));
  });
  afterAll(() => server?.stop());

  const read = (path: string) => readFileSync(BIGQUERY + path, 'utf8');
  const problemsOf = async (text: string) => {
    const analysis = await analyzer.analyze(text).catch((error: Error) => ({ problems: [error.message] }));
    return analysis.problems.join('; ');
  };

  test.each([RIGHT_TABLE, RIGHT_MATERIALIZED, RIGHT_VIEW])(
    'passes the statements that they are planted in',
    async (text) => {
      expect(await problemsOf(text)).toBe('');
    },
  );

  const found = PLANTED_FAULTS.filter((planted) => planted.analyzer !== null);
  test.each(found.map((planted) => [planted.fault, planted] as const))('finds %s', async (_, planted) => {
    expect(await problemsOf(planted.text)).toMatch(planted.analyzer as RegExp);
  });

  const left = PLANTED_FAULTS.filter((planted) => planted.analyzer === null);
  test.each(left.map((planted) => [planted.fault, planted] as const))('leaves %s to the lint', async (_, planted) => {
    expect(await problemsOf(planted.text)).toBe('');
    expect(planted.lint).not.toBeNull();
  });
});
