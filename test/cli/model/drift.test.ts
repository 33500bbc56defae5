import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MeasuredRow } from '../../../cli/drift/record-drift.js';
import { runDrift, type DriftRequest } from '../../../cli/drift/run-drift.js';
import { settingOf } from '../../../cli/resources.js';
import { ensureFirstModel } from '../../../cli/start/first-model.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { ModelRegistry } from '../../../lake/model-registry/model-registry.js';
import { openQuerySession } from '../../../query/session.js';
import { createPatients, REFERENCE_DATE } from '../../../simulator/patients.js';
import { renderPatients } from '../../../simulator/patients-file.js';
import { FROM, HOUR, MINUTE, simulated } from '../../simulator/simulation.js';
import { runMessages } from '../../support/direct.js';
import { smallForest } from '../../support/forests.js';

const SEED = 'drift';
const NOW = FROM + 4 * HOUR;
/** The wards in which something happens: large ones, because a handful of patients proves nothing. */
const [WARM, UNPLUGGED] = ['MED', 'SURG'];

type Message = Record<string, unknown>;
type Row = Omit<MeasuredRow, 'window_start'> & { readonly window_start: string };

const people = createPatients(SEED, 200);
let folder: string;
let lake: string;

/** In the second hour a ward's thermometers show a degree more; in the third, a ward's oximeters show nothing. */
function changed(message: Message): Message {
  const hour = Math.floor((Date.parse(String(message['event_time'])) - FROM) / HOUR);
  const { ward, temperature } = message;
  if (hour === 1 && ward === WARM && typeof temperature === 'number')
    return { ...message, temperature: temperature + 1 };
  if (hour === 2 && ward === UNPLUGGED) return { ...message, spo2: null };
  return message;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitals-drift-'));
  lake = join(folder, 'lake');
  const patients = join(folder, 'patients.ndjson');
  writeFileSync(patients, renderPatients(people, REFERENCE_DATE));
  await ensureFirstModel(join(folder, 'model'), people, SEED, FROM);
  const { lines } = simulated({ people, seed: SEED, intervalMs: 10 * MINUTE, to: FROM + 3 * HOUR, labels: false });
  const flags = { patients, model: undefined, 'pseudonym-key-file': undefined, timezone: undefined };
  const payloads = lines.map((line) => JSON.stringify(changed(JSON.parse(line) as Message)));
  await runMessages(lake, payloads, 10_000, await settingOf(flags, false));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function drift(more: Partial<DriftRequest> = {}) {
  const [data, notes] = [new PassThrough(), new PassThrough()];
  const said = Promise.all([text(data), text(notes)]);
  const request: DriftRequest = {
    ...{ lake, model: join(folder, 'model'), from: undefined, to: undefined, by: 'ward' },
    ...{ record: false, 'if-champion': false, all: false, json: true, 'fail-on': undefined },
    ...more,
  };
  const isBad = await runDrift(request, () => NOW, { data, notes });
  data.end();
  notes.end();
  const [printed, told] = await said;
  const rows = request.json
    ? printed
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Row)
    : [];
  return { isBad, printed, told, rows };
}

const hourOf = ({ window_start }: Row) => (Date.parse(window_start) - FROM) / HOUR;
const majors = (rows: readonly Row[]) =>
  rows.filter(({ alert }) => alert).map((row) => `${row.feature} in ${row.ward}, hour ${hourOf(row)}`);

async function query(sql: string): Promise<unknown[]> {
  const session = await openQuerySession(await openLakeSnapshot(lake));
  try {
    return await session.all(sql);
  } finally {
    await session.close();
  }
}

describe('vitals model drift', () => {
  test('finds the ward and hour whose thermometers or oximeters changed, and no other', async () => {
    const { rows, told } = await drift();
    expect(majors(rows)).toEqual([`temperature in ${WARM}, hour 1`, `spo2 in ${UNPLUGGED}, hour 2`]);
    expect(rows.filter(({ verdict }) => verdict === 'moderate')).toEqual([]);
    expect(new Set(rows.map(hourOf))).toEqual(new Set([0, 1, 2]));
    expect(rows.find(({ alert, feature }) => alert && feature === 'spo2')).toMatchObject({
      missing_share: 1,
      ks: null,
    });
    expect(told).toContain(`alert: temperature in ${WARM} from 2026`);
    expect(told).toMatch(/comparisons: .*\d+ stable/);
  });

  test('compares a ward with its own training rows, and the hospital with all of them', async () => {
    const { rows } = await drift();
    expect(rows.filter(({ ward }) => ward === WARM).map((row) => row.compared_with)).not.toContain('hospital');
    const whole = (await drift({ by: 'hospital' })).rows;
    expect(new Set(whole.map((row) => `${row.ward} ${row.compared_with}`))).toEqual(new Set(['* hospital']));
    expect(whole.filter((row) => hourOf(row) === 0).map(({ verdict }) => verdict)).not.toContain('major');
  });

  test('prints what is not stable as a table, and everything with --all', async () => {
    const { printed } = await drift({ json: false });
    expect(printed).toMatch(/^window_start +ward +feature/);
    expect(printed.trim().split('\n')).toHaveLength(2 + 2);
    const { printed: all } = await drift({ json: false, all: true });
    expect(all.trim().split('\n').length).toBeGreaterThan(100);
  });

  test('answers about a stretch, and fails for a scheduler only where it was asked to', async () => {
    const first = { from: new Date(FROM).toISOString(), to: new Date(FROM + HOUR).toISOString() };
    expect(await drift({ ...first, 'fail-on': 'moderate' })).toMatchObject({ isBad: false });
    expect(await drift({ 'fail-on': 'major' })).toMatchObject({ isBad: true });
    expect(await drift()).toMatchObject({ isBad: false });
    expect((await drift(first)).rows.map(hourOf)).not.toContain(1);
    await expect(drift({ from: first.to, to: first.from })).rejects.toThrow(/--from: .* is not before/);
    await expect(drift({ from: 'yesterday' })).rejects.toThrow(/--from: "yesterday" is not a time/);
  });

  test('records each answer once, and the view shows the newest hour of each', async () => {
    const { rows, told } = await drift({ record: true });
    expect(told).toContain(`${rows.length} rows recorded`);
    expect((await drift({ record: true })).told).toMatch(/^0 rows recorded$/m);
    const [recorded] = await query('SELECT count(*)::INT AS n, count_if(alert)::INT AS alerts FROM gold.model_drift');
    expect(recorded).toEqual({ n: rows.length, alerts: 2 });
    expect(await query('SELECT feature, ward, verdict FROM gold.model_drift_latest WHERE alert')).toEqual([
      { feature: 'spo2', ward: UNPLUGGED, verdict: 'major' },
    ]);
  });

  test('measures against the champion of the lake, and names a model that does not know its training rows', async () => {
    await expect(drift({ model: 'champion' })).rejects.toThrow(/has no champion yet/);
    const patient = await drift({ model: 'champion', 'if-champion': true, 'fail-on': 'moderate' });
    expect(patient).toMatchObject({
      isBad: false,
      printed: '',
      told: `${lake} has no champion yet: nothing is measured\n`,
    });
    const registry = new ModelRegistry(lake);
    const { id, files } = smallForest(1);
    await registry.register(files, 'test', { who: 'test', reason: null, time: NOW });
    await registry.promote(id, { who: 'test', reason: null, time: NOW });
    for (const patient of [false, true]) {
      const measured = drift({ model: 'champion', 'if-champion': patient });
      await expect(measured).rejects.toThrow(/forest-.* does not say.*vitals model train/);
    }
  });
});
