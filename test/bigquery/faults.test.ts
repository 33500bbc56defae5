import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { lintStatement } from '../../bigquery/lint-statement.js';
import { TABLES } from '../../schema/index.js';
import { PLANTED_FAULTS, RIGHT_MATERIALIZED, RIGHT_TABLE, RIGHT_VIEW } from './planted-faults.js';

const BIGQUERY = fileURLToPath(new URL('../../bigquery/', import.meta.url));
const VIEWS = readdirSync(`${BIGQUERY}views`).map((name) => name.replace('.sql', ''));
const lint = (text: string) => lintStatement(text, TABLES, [...VIEWS, 'gold.planted_view']).join('; ');

describe('the lint of statements', () => {
  const files = ['tables', 'views'].flatMap((folder) =>
    readdirSync(BIGQUERY + folder).map((name) => `${folder}/${name}`),
  );

  test.each(files)('passes %s', (path) => {
    expect(lint(readFileSync(BIGQUERY + path, 'utf8'))).toBe('');
  });

  test.each([RIGHT_TABLE, RIGHT_MATERIALIZED, RIGHT_VIEW])(
    'passes the statements that faults are planted in',
    (text) => {
      expect(lint(text)).toBe('');
    },
  );

  const found = PLANTED_FAULTS.filter((planted) => planted.lint !== null);
  test.each(found.map((planted) => [planted.fault, planted] as const))('finds %s', (_, { text, lint: problem }) => {
    expect(lint(text)).toMatch(problem as RegExp);
  });

  const left = PLANTED_FAULTS.filter((planted) => planted.lint === null);
  test.each(left.map((planted) => [planted.fault, planted] as const))('leaves %s to the analyzer', (_, planted) => {
    expect(lint(planted.text)).toBe('');
    expect(planted.analyzer).not.toBeNull();
  });

  test('says what it cannot read', () => {
    expect(lint('CREATE TABLE IF NOT EXISTS gold.t AS SELECT 1;')).toMatch(/A table is one CREATE TABLE/);
    expect(lint('MERGE gold.alerts;')).toMatch(/A view is/);
  });
});
