import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadViews } from '../../bigquery/load-views.js';
import { sourcesOf } from '../../bigquery/syntax.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { PLANTED_FAULTS } from './planted-faults.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = readFileSync(`${ROOT}docs/bigquery.md`, 'utf8');
const VIEWS = await loadViews(`${ROOT}bigquery/views`);

/** The cells of the line that begins with this name. */
function lineOf(name: string): readonly string[] {
  const line = PAGE.split('\n').find((text) => text.startsWith(`| \`${name}\` `)) ?? '';
  return line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
}

describe('docs/bigquery.md', () => {
  test.each((TABLES as readonly Table[]).map((table) => [qualifiedName(table), table] as const))(
    'says how %s is kept',
    (name, { partitionBy, clusterBy, warehouse }) => {
      const days = warehouse?.partitionExpirationDays;
      expect(lineOf(name).slice(2, 6)).toEqual([
        partitionBy ?? 'none',
        clusterBy.join(', '),
        days === undefined ? 'ever' : `${days} days`,
        warehouse?.requirePartitionFilter === true ? 'yes' : 'no',
      ]);
    },
  );

  test.each(VIEWS.map((view) => [view.name, view] as const))('says what %s is and reads', (name, view) => {
    const [, , kind, , reads] = lineOf(name);
    expect([kind, reads]).toEqual([view.kind, sourcesOf(view.select).join(', ')]);
  });

  test('counts the planted faults', () => {
    const alone = (mine: 'lint' | 'analyzer', other: 'lint' | 'analyzer') =>
      PLANTED_FAULTS.filter((planted) => planted[mine] !== null && planted[other] === null).length;
    const [lint, analyzer] = [alone('lint', 'analyzer'), alone('analyzer', 'lint')];
    const both = PLANTED_FAULTS.length - lint - analyzer;
    const text = PAGE.replaceAll(/\s+/g, ' ');
    expect(text).toContain(`holds ${PLANTED_FAULTS.length} statements with one fault each`);
    expect(text).toContain(`${lint} the lint alone, ${analyzer} the analyzer alone, ${both} both`);
  });
});
