import { describe, expect, test } from '@jest/globals';
import { tablesIn } from '../../query/tables-in.js';
import { qualifiedName } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';

const names = (sql: string) => tablesIn(sql).map(qualifiedName);

describe('the tables that a query may read', () => {
  test.each([
    ['SELECT 1', []],
    ['SELECT * FROM gold.alerts', ['gold.alerts']],
    ['FROM "GOLD" . "Alerts"', ['gold.alerts']],
    ['FROM gold./* not now */alerts a, silver.dead_letter', ['silver.dead_letter', 'gold.alerts']],
    ['SELECT ward FROM gold.current_alerts', ['gold.alerts']],
    ['SELECT * FROM silver.current_patient_vitals', ['silver.patient_vitals']],
    ['SELECT * FROM gold.ward_alert_counts', ['gold.ward_alerts_hourly']],
    ["SELECT 'my gold alerts_of_mine'", []],
  ])('of %s are %j', (sql, expected) => {
    expect(names(sql)).toEqual(expected);
  });

  test('of one that makes a name while it runs are all', () => {
    expect(names("FROM query_table('go' || 'ld.al' || 'erts')")).toHaveLength(TABLES.length);
    expect(names("FROM query('SELECT 1')")).toHaveLength(TABLES.length);
  });
});
