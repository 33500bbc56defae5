import { describe, expect, test } from '@jest/globals';
import type { Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { renderDataDictionary } from '../../schema/render/dictionary.js';

describe('the data dictionary', () => {
  test('has a line for every column of every table, under the table', () => {
    const sections = new Map(
      renderDataDictionary(TABLES)
        .split(/^## /m)
        .map((section) => [section.split('\n')[0], section]),
    );
    for (const table of TABLES as readonly Table[]) {
      const section = sections.get(`${table.tier}.${table.name}`) ?? '';
      for (const column of table.columns) expect(section).toContain(`| \`${column.name}\` | ${column.type} |`);
    }
  });

  test('gives units, decimals, codes and marks', () => {
    const text = renderDataDictionary(TABLES);
    expect(text).toContain('| `temperature` | Body temperature | `Cel` | 2 | `8310-5` |');
    expect(text).toMatch(/\| `payload` \| bytes \|.*\| identifying \|/);
    expect(text).toMatch(/\| `reading_id` \| string \|.*\| hashed \|/);
  });

  test('a description cannot break the table it stands in', () => {
    const [first] = TABLES as readonly Table[];
    const column = { name: 'a', type: 'string', required: true, description: 'either | or' } as const;
    const text = renderDataDictionary([{ ...(first as Table), columns: [column] }]);
    expect(text).toContain('either \\| or');
  });
});
