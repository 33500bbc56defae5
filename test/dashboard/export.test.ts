import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { DashboardSnapshot } from '../../dashboard/api.js';
import { exportDashboard } from '../../dashboard/export/export-dashboard.js';
import { snapshotScript } from '../../dashboard/export/snapshot-script.js';
import { committedAt, scratchFolder, storyRows, writeBatches } from './written-lake.js';

const HOSTILE = '</script><script>alert(1)</script><!-- \u2028 & "';

/** What a page finds after data.js has run. */
function load(script: string): DashboardSnapshot {
  const window: { __VITALS_SNAPSHOT__?: DashboardSnapshot } = {};
  runInNewContext(script, { window });
  return window.__VITALS_SNAPSHOT__ as DashboardSnapshot;
}

describe('an export', () => {
  const lake = scratchFolder();
  const pages = scratchFolder();
  const folder = join(scratchFolder(), 'made');

  beforeAll(async () => {
    const rows = storyRows();
    const alerts = rows.alerts.map((row) => ({ ...row, explanation: HOSTILE, ward: HOSTILE }));
    await writeBatches(lake, { ...rows, alerts });
    for (const name of ['index.html', 'snapshot.html', 'app.js', 'app.css', 'icon.svg'])
      writeFileSync(join(pages, name), name);
  });

  const made = (asOf: number | null) => exportDashboard({ lake, folder, asOf, pages, clock: () => committedAt(9) });

  test('holds every answer of one moment, which is not live', async () => {
    const { page, patients } = await made(null);
    expect([page, readFileSync(page, 'utf8')]).toEqual([join(folder, 'index.html'), 'snapshot.html']);
    const snapshot = load(readFileSync(join(folder, 'data.js'), 'utf8'));
    expect([snapshot.created_at, Object.keys(snapshot.patients)]).toHaveLength(2);
    expect(patients).toBe(Object.keys(snapshot.patients).length);
    for (const answer of [snapshot.hospital, snapshot.alerts, snapshot.pipeline, ...Object.values(snapshot.patients)]) {
      expect([answer.live, answer.batch]).toEqual([false, 3]);
    }
    expect(snapshot.pipeline.totals.silver).toBe(6);
  });

  test('of an earlier time holds what had been committed by then', async () => {
    await made(committedAt(1));
    const snapshot = load(readFileSync(join(folder, 'data.js'), 'utf8'));
    expect([snapshot.pipeline.batch, snapshot.pipeline.totals.silver, snapshot.alerts.total]).toEqual([1, 4, 1]);
    expect(Object.keys(snapshot.patients)).toContain('p2');
  });

  test('says that it is not a medical device, and no text in it can end the script', async () => {
    await made(committedAt(1));
    const script = readFileSync(join(folder, 'data.js'), 'utf8');
    expect(script).toMatch(/^\/\* Synthetic data. Not a medical device. \*\//);
    expect(script).not.toMatch(/[<>&\u2028\u2029]/);
    expect(load(script).alerts.alerts[0]?.explanation).toBe(HOSTILE);
  });

  test('without built pages says how to build them', async () => {
    const empty = scratchFolder();
    mkdirSync(join(empty, 'x'));
    const failure = exportDashboard({ lake, folder, asOf: null, pages: empty, clock: () => committedAt(9) });
    await expect(failure).rejects.toThrow(/--export: the pages are not built. Run npm run build/);
  });

  test('a snapshot of any text reads back as it was', () => {
    const snapshot = { created_at: HOSTILE } as DashboardSnapshot;
    expect(load(snapshotScript(snapshot))).toEqual(snapshot);
  });
});
