import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LakeSnapshot, LiveFile } from '../../lake/reader.js';
import { auditSnapshot, type AuditReport } from '../../query/audit/audit.js';
import { hashLake } from '../../query/content-hash.js';
import type { AlertRow } from '../../schema/tables/gold-alerts.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { counts, manifest } from './fixture-lake.js';
import { alertRow, at, bronzeRow, deadLetterRow, silverRow, summaryRow } from './fixture-rows.js';
import { goldOf, ORDER_KEY, soundRows, writeLake, type LakeRows } from './sound-lake.js';

const OPTIONS = { memoryLimit: '256MB', threads: 1 };

async function audit(rows: LakeRows): Promise<AuditReport> {
  return auditSnapshot(await writeLake(rows), OPTIONS);
}

/** Ids of the broken invariants, and what they say. */
function broken(report: AuditReport): Record<string, string> {
  const invariants = report.invariants.filter((invariant) => !invariant.ok);
  return Object.fromEntries(invariants.map((invariant) => [invariant.id, invariant.detail]));
}

describe('a sound lake', () => {
  test('keeps every invariant, and says how much was looked at', async () => {
    const report = await audit(soundRows());
    expect(broken(report)).toEqual({});
    expect(report.ok).toBe(true);
    expect(report.invariants.map(({ id, checked }) => [id, checked])).toEqual([
      ['I1', 8],
      ['I2', 8],
      ['I3', 6],
      ['I4', 7],
      ['I5', 8],
      ['I6', expect.any(Number)],
      ['I7', 4 + 7],
      ['I8', 1],
    ]);
  });

  test('is reported with the keys of the interface, in their order', async () => {
    const snapshot = await writeLake(soundRows());
    const report = await auditSnapshot(snapshot, OPTIONS);
    expect(Object.keys(report)).toEqual([
      'ok',
      'invariants',
      'silver_hash',
      'gold_hash',
      'received',
      'silver',
      'dead_letter',
      'suppressed',
      'field_rejects',
      'conflicts',
    ]);
    const hashes = await hashLake(snapshot, OPTIONS);
    expect(report).toMatchObject({
      silver_hash: hashes.silver_hash,
      gold_hash: hashes.gold_hash,
      received: 8,
      silver: 6,
    });
  });

  test('an empty lake is sound', async () => {
    const none = { bronze: [], silver: [], dead: [], summary: [], hourly: [], alerts: [], wards: [] };
    const report = await audit({ ...soundRows(), ...none, totals: counts({}), sequence: 0 });
    expect(broken(report)).toEqual({});
  });
});

/** Faults by the invariant that must see them; each changes the rows of a sound lake. */
const FAULTS: Record<string, Record<string, (rows: LakeRows) => unknown>> = {
  I1: {
    'a message that is not in bronze': (rows) => rows.bronze.pop(),
    'a whole batch that is not in bronze': (rows) => (rows.bronze = rows.bronze.filter((row) => row.batch !== 2)),
    'an offset that is there twice instead of the next': (rows) =>
      (rows.bronze[2] = bronzeRow({ batch: 1, offset: 1, text: 'again' })),
    'offsets that do not begin at 0': (rows) =>
      (rows.bronze = rows.bronze.map((row) => (row.batch === 2 ? { ...row, offset: row.offset + 1 } : row))),
    'a batch 0': (rows) => (rows.bronze = rows.bronze.map((row) => (row.batch === 3 ? { ...row, batch: 0 } : row))),
  },
  I2: {
    'an item that ended nowhere': (rows) => (rows.totals = { ...rows.totals, received: 9 }),
    'a reading that was counted and is not in silver': (rows) => {
      rows.silver = rows.silver.filter((row) => row.reading_id !== 'r2');
      Object.assign(rows, goldOf(rows.silver, rows.alerts.slice(0, 1)));
    },
    'a dead letter that is missing': (rows) => (rows.dead = rows.dead.filter((row) => row.scope !== 'item')),
    'a field reject that was not counted': (rows) =>
      rows.dead.push(deadLetterRow({ scope: 'field', field: 'heart_rate' })),
    'a conflict that was not counted': (rows) => rows.dead.push(deadLetterRow({ scope: 'conflict', item: 3 })),
    'a scope that nobody knows': (rows) => (rows.dead[0] = deadLetterRow({ scope: 'lost' })),
  },
  I3: {
    'a version that is there twice': (rows) => {
      rows.silver.push({ ...(rows.silver[1] as SilverRow), batch: 3 });
      rows.totals = { ...rows.totals, silver: 7, suppressed: 0 };
    },
    'a reading with versions of two patients': (rows) => {
      rows.silver[4] = { ...(rows.silver[4] as SilverRow), patient_id: 'p9' };
      Object.assign(rows, goldOf(rows.silver, rows.alerts.slice(0, 1)));
    },
  },
  I4: {
    'a minute that has no pane': (rows) => rows.summary.pop(),
    'a pane without readings behind it': (rows) => rows.summary.push(summaryRow({ patient_id: 'p7' })),
    'a pane that shows a version that lost': (rows) =>
      (rows.summary = goldOf(rows.silver.slice(0, 4), []).summary.filter((row) => row.patient_id === 'p1')),
    'a count that is one too high': (rows) => (rows.summary[0] = { ...pane(rows), n: 3 }),
    'a sum that is off by a hundredth': (rows) =>
      (rows.summary[0] = { ...pane(rows), temperature_sum: (pane(rows).temperature_sum ?? 0) + 0.01 }),
    'a wrong last value': (rows) => (rows.summary[0] = { ...pane(rows), heart_rate_last: 90 }),
    'a missing instead of a null': (rows) => (rows.summary[0] = { ...pane(rows), spo2_min: 0 }),
    'the ward of an earlier reading': (rows) => (rows.summary[0] = { ...pane(rows), ward: 'ICU' }),
    'a NEWS2 that is not the worst': (rows) => (rows.summary[1] = { ...pane(rows, 1), news2_low: 2 }),
    'an anomaly that is not the worst': (rows) => (rows.summary[0] = { ...pane(rows), anomaly_score: 0.6 }),
    'two panes of one order key': (rows) => rows.summary.push(pane(rows)),
    'an hour that has no pane': (rows) => rows.hourly.shift(),
    'an hour with a wrong greatest value': (rows) =>
      (rows.hourly = rows.hourly.map((row) => (row.vital === 'spo2' ? { ...row, max_value: 86 } : row))),
    'an hour with a wrong last time': (rows) =>
      (rows.hourly = rows.hourly.map((row) => ({ ...row, last_event_time: at('07:30:00') }))),
    'an alert that stands after its reading was withdrawn': (rows) => {
      rows.alerts.pop();
      rows.wards = goldOf([], rows.alerts).wards;
    },
    'an alert of a reading that is not there': (rows) => {
      rows.alerts.push(alertRow({ alert_id: 'a9', reading_id: 'r9' }));
      rows.wards = goldOf(
        [],
        rows.alerts.filter((row) => row.alert_id !== 'a2'),
      ).wards;
    },
    'an alert at another time than its reading': (rows) =>
      (rows.alerts[0] = { ...(rows.alerts[0] as AlertRow), event_time: at('07:59:58') }),
    'an alert row that is there twice': (rows) => rows.alerts.push(rows.alerts[0] as AlertRow),
    'an alert that its ward does not count': (rows) => (rows.wards = []),
  },
  I5: {
    'a payload of which a byte has changed': (rows) =>
      (rows.bronze[3] = { ...bronzeRow({ offset: 3 }), payload: Buffer.from('{ ') }),
  },
  I8: {
    'a writer above its memory cap': (rows) => (rows.manifest = { ...rows.manifest, peak_rss: 3 * 1024 ** 3 }),
  },
};

function pane(rows: LakeRows, index = 0) {
  const row = rows.summary[index];
  if (row === undefined) throw new Error('The fixture has no such pane');
  return row;
}

describe.each(Object.keys(FAULTS))('%s sees', (id) => {
  test.each(Object.keys(FAULTS[id] ?? {}))('%s', async (fault) => {
    const rows = soundRows();
    FAULTS[id]?.[fault]?.(rows);
    const report = await audit(rows);
    expect(Object.keys(broken(report))).toEqual([id]);
    expect(report.ok).toBe(false);
  });
});

describe('I6 sees', () => {
  const damage: Record<string, (file: LiveFile) => unknown> = {
    'a file that is missing': (file) => rmSync(file.location),
    'a file that was cut short': (file) => truncateSync(file.location, file.bytes - 1),
    'a file that grew': (file) => appendFileSync(file.location, ' '),
    'a file of the right size without a footer': (file) => writeFileSync(file.location, Buffer.alloc(file.bytes)),
  };

  test.each(Object.keys(damage))('%s', async (kind) => {
    const snapshot = await writeLake(soundRows());
    const [file] = snapshot.tables.get('gold.vitals_hourly')?.files ?? [];
    damage[kind]?.(file as LiveFile);
    const report = await auditSnapshot(snapshot, OPTIONS);
    expect(broken(report)['I6']).toMatch(/^gold\.vitals_hourly\/event_date=2026-11-21\/000000000001-fixture\.parquet /);
    // What cannot be read is missing for the others as well; nothing throws.
    expect(Object.keys(broken(report))).toEqual(['I4', 'I6']);
  });

  test('a log that counts other rows than the file', async () => {
    const snapshot = await writeLake(soundRows());
    const changed = withFiles(snapshot, 'silver.dead_letter', (file) => ({ ...file, rows: 7 }));
    expect(broken(await auditSnapshot(changed, OPTIONS))['I6']).toMatch(/has 2 rows, 7 in the log/);
  });

  test('a file that is torn inside: what reads it says so, and nothing throws', async () => {
    const snapshot = await writeLake(soundRows());
    const [file] = snapshot.tables.get('silver.patient_vitals')?.files ?? [];
    const { location } = file as LiveFile;
    const whole = readFileSync(location);
    writeFileSync(location, whole.fill(0, 4, 200));
    const report = await auditSnapshot(snapshot, OPTIONS);
    expect(report.ok).toBe(false);
    expect(broken(report)['I3']).toMatch(/could not be checked: /);
  });
});

function withFiles(snapshot: LakeSnapshot, name: string, change: (file: LiveFile) => LiveFile): LakeSnapshot {
  const table = snapshot.tables.get(name);
  if (table === undefined) throw new Error(`no ${name}`);
  return { ...snapshot, tables: new Map([...snapshot.tables, [name, { ...table, files: table.files.map(change) }]]) };
}

describe('I4 on a live lake', () => {
  /** A reading of a batch whose panes have not been fired yet: p1 in the minute of r1, corrected once more. */
  function withUnfired(rows: LakeRows, more: Partial<SilverRow> = {}): LakeRows {
    const late = silverRow({
      reading_id: 'r5',
      content_hash: 'c5',
      event_time: at('07:00:30'),
      heart_rate: 99,
      batch: 4,
      ...more,
    });
    rows.silver.push(late);
    rows.sequence = 4;
    rows.totals = { ...rows.totals, received: 9, silver: 7 };
    rows.manifest = manifest({ sequence: 4, fired: rows.manifest.fired });
    return rows;
  }

  test('leaves out windows that a batch not yet fired touches', async () => {
    expect(broken(await audit(withUnfired(soundRows())))).toEqual({});
  });

  test('leaves out both windows of a reading that such a batch moved', async () => {
    const moved = { reading_id: 'r3', status: 'corrected', event_time: at('09:00:00'), spo2: 85 };
    const rows = withUnfired(soundRows(), moved);
    const alert = rows.alerts[0] as AlertRow;
    rows.alerts.push({ ...alert, event_time: at('09:00:00'), batch: 4, order_key: '000000000004-000000' });
    expect(broken(await audit(rows))).toEqual({});
  });

  test('looks at them once the manifest says that they have been fired', async () => {
    const rows = withUnfired(soundRows());
    rows.manifest = manifest({ sequence: 4, fired: { ...rows.manifest.fired, 'gold.patient_summary': 4 } });
    expect(broken(await audit(rows))).toEqual({
      I4: expect.stringMatching(/^gold.patient_summary: 1 window of 2 not as recomputed/),
    });
  });

  test('still looks at windows that no such batch touches', async () => {
    const rows = withUnfired(soundRows());
    rows.summary = rows.summary.map((row) => (row.window_start === at('07:59:00') ? { ...row, n: 2 } : row));
    expect(broken(await audit(rows))['I4']).toMatch(/1 window of 1 not as recomputed, first 2026-11-21T07:59:00.000Z/);
  });

  test('compares no window while nothing has been fired', async () => {
    const rows = soundRows();
    rows.manifest = manifest({ sequence: 3, fired: {} });
    Object.assign(rows, { summary: [], hourly: [], wards: [] });
    expect(broken(await audit(rows))).toEqual({});
  });
});

describe('I4 for any readings', () => {
  const vital = (least: number, greatest: number, scale: number) =>
    fc.option(
      fc.integer({ min: least * 10 ** scale, max: greatest * 10 ** scale }).map((value) => value / 10 ** scale),
    );
  const version = fc.record({
    reading_id: fc.constantFrom('r1', 'r2', 'r3', 'r4', 'R5', '_6'),
    content_hash: fc.uuid(),
    status: fc.constantFrom('final', 'final', 'final', 'corrected', 'entered-in-error'),
    sent_time: fc.option(fc.constantFrom(at('08:00:00'), at('09:00:00'))),
    event_time: fc.constantFrom('07:59:59.999', '08:00:00', '08:00:30', '08:00:30', '23:59:59.5').map(at),
    ward: fc.constantFrom(null, 'ICU', 'B'),
    heart_rate: vital(0, 300, 0),
    temperature: vital(26, 45, 2),
    glucose: vital(0, 900, 1),
    mean_bp: vital(0, 300, 1),
    news2: fc.option(fc.tuple(fc.nat(3), fc.nat(2), fc.constantFrom(null, 'spo2'))),
    anomaly_score: fc.option(fc.constantFrom(0.4, 0.5, 0.7)),
    anomaly_top: fc.constantFrom(null, '{"spo2":0.2}'),
    batch: fc.integer({ min: 1, max: 3 }),
  });

  test('the pipeline and the audit make the same gold of them, each in its own language', async () => {
    const versions = fc.array(version, { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(versions, async (all) => {
        const silver = all.map(({ news2, ...row }) =>
          silverRow({
            ...row,
            news2_low: news2?.[0] ?? null,
            news2_high: news2 === null ? null : news2[0] + news2[1],
            news2_missing: news2?.[2] ?? null,
            news2_band_low: news2 === null ? null : `band ${news2[1]}`,
            is_anomaly: row.anomaly_score === null ? null : row.anomaly_score >= 0.5,
          }),
        );
        const rows = { ...soundRows(), silver, alerts: [], ...goldOf(silver, []) };
        rows.totals = { ...rows.totals, received: silver.length + 2, silver: silver.length };
        expect(broken(await audit(rows))).toEqual({});
      }),
      { numRuns: 12 },
    );
  });
});

describe('I7', () => {
  test('reports what a replay of a sample came to', async () => {
    const snapshot = await writeLake(soundRows());
    const alike = await auditSnapshot(snapshot, {
      ...OPTIONS,
      replaySample: async () => ({ compared: 6, problem: null, left: null }),
    });
    expect(alike.invariants.find(({ id }) => id === 'I7')).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/6 rows replayed alike/),
    });
    const problem = 'silver of batch 2 differs';
    const differs = await auditSnapshot(snapshot, {
      ...OPTIONS,
      replaySample: async () => ({ compared: 6, problem, left: null }),
    });
    expect(broken(differs)).toEqual({ I7: problem });
  });
});

test('a later pane supersedes an earlier one of the same window', async () => {
  const rows = soundRows();
  rows.summary.push({ ...pane(rows), order_key: `${ORDER_KEY.slice(0, -1)}0`.replace('3', '2'), n: 77, pane: 'early' });
  expect(broken(await audit(rows))).toEqual({});
});
