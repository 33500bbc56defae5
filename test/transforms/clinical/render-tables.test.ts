import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { renderScoreTables, SCORE_TABLES } from '../../../transforms/clinical/render-tables.js';
import { NEWS2_RISK, rangeOf } from '../../../transforms/clinical/thresholds.js';

const PAGE = fileURLToPath(new URL('../../../docs/scores.md', import.meta.url));
const text = readFileSync(PAGE, 'utf8');

describe('docs/scores.md', () => {
  test('has the tables of thresholds.ts as they are (npm run render)', async () => {
    const fresh = await format(renderScoreTables(text), { ...(await resolveConfig(PAGE)), parser: 'markdown' });
    expect(text).toBe(fresh);
  });

  test('shows every table, once', () => {
    const shown = [...text.matchAll(/<!-- rendered: ([\w-]+) -->/g)].map(([, name]) => name);
    expect(shown.sort()).toEqual([...SCORE_TABLES].sort());
  });

  test('has each band with both of its ends', () => {
    const [, news2 = ''] = /<!-- rendered: news2 -->([\s\S]*?)<!-- end -->/.exec(text) ?? [];
    expect(news2).toMatch(/respiratory_rate +\| ≤ 8: 3, 9–11: 1, 12–20: 0, 21–24: 2, ≥ 25: 3 /);
    expect(news2).toMatch(/temperature +\| ≤ 35\.0: 3, 35\.1–36\.0: 1, 36\.1–38\.0: 0, 38\.1–39\.0: 1, ≥ 39\.1: 2 /);
    expect(text).toMatch(
      /systolic_bp +\| ≤ 119: normal, 120–129: elevated, 130–139: stage_1, 140–180: stage_2, ≥ 181: crisis /,
    );
    expect(text).toMatch(/\| 1 +\| 100–150 +\| 25–35 +\| 72 /);
  });

  test('is of one mind with the guide to Looker Studio about the lines of medium and high risk', () => {
    const guide = readFileSync(new URL('../../../docs/looker-studio.md', import.meta.url), 'utf8');
    const lines = [rangeOf(NEWS2_RISK, 'medium').from, rangeOf(NEWS2_RISK, 'high').from];
    expect(guide).toContain(`reference lines at ${lines.join(' and ')} `);
  });

  test('may not name a table that is not there', () => {
    expect(() => renderScoreTables('<!-- rendered: apgar -->\n<!-- end -->')).toThrow(/No table apgar/);
  });
});
