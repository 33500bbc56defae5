import { beforeAll, describe, expect, test } from '@jest/globals';
import { silverQuietDays } from '../../../cli/calibration/quiet-silver.js';
import { scoreSilver } from '../../../cli/lake-scores/score-silver.js';
import { silverSet } from '../../../cli/training/silver-set.js';
import { openLakeSnapshot, type LakeSnapshot } from '../../../lake/reader.js';
import { DEFAULT_PERSISTENCE } from '../../../model/calibration/persistence.js';
import { featureFiller, STREAM_FEATURES } from '../../../model/features.js';
import { decodeModelFolder } from '../../../model/model-folder.js';
import { scratch } from '../../lake/scratch.js';
import { alertRow } from '../../query/fixture-rows.js';
import { smallForest } from '../../support/forests.js';
import { SILVER_FROM, simulatedSilver, writeSilverLake } from '../../support/silver-lake.js';

const MODEL = decodeModelFolder(smallForest(1).files, 'small');
const DAY = 86_400_000;
const ALL = { from: -Infinity, to: Infinity, mostReadings: 1_000_000 };
const silver = simulatedSilver({ patients: 4, hours: 24, intervalMs: 60_000 });
const [withdrawn, doubted, old] = silver as [(typeof silver)[0], (typeof silver)[0], (typeof silver)[0]];
const alerted = (patient_id: string, rule: string, severity: string) =>
  alertRow({ alert_id: `${patient_id} ${rule}`, patient_id, rule, severity, event_time: SILVER_FROM + DAY / 2 });

let snapshot: LakeSnapshot;
beforeAll(async () => {
  const root = scratch();
  const changes = [
    { ...withdrawn, status: 'entered-in-error', content_hash: 'withdrawn' },
    { ...old, status: 'corrected', content_hash: 'corrected', heart_rate: 77 },
  ];
  const rows = silver.map((row) => (row === doubted ? { ...row, cause: 'sensor' } : row));
  await writeSilverLake(
    root,
    [...rows, ...changes],
    [
      alerted(silver[0]!.patient_id, 'hypoxaemia', 'critical'),
      alerted(silver[1]!.patient_id, 'anomaly', 'warning'),
      alerted(silver[2]!.patient_id, 'high_fever', 'warning'),
    ],
  );
  snapshot = await openLakeSnapshot(root);
}, 60_000);

describe('training data from silver', () => {
  test('has each reading once, by its current version, without withdrawn ones and those of a sensor in doubt', async () => {
    const { data, series, patientIds, groups, generator, source } = await silverSet(snapshot, ALL, STREAM_FEATURES);
    expect(data.count).toBe(silver.length - 2);
    expect(patientIds).toEqual([...new Set(silver.map((row) => row.patient_id))].sort());
    const at = [...series!.times].findIndex(
      (time, i) => time === old.event_time && patientIds![series!.patients[i]!] === old.patient_id,
    );
    expect(data.cell(at, 0)).toBe(77);
    expect(groups.wards![at]).toBe(old.ward);
    expect(generator).toBeUndefined();
    expect(source).toMatch(/^silver from 2026-10-05T.* to 2026-10-05T/);
  });

  test('holds the very numbers that the stream would score', async () => {
    const { data, series, patientIds } = await silverSet(snapshot, ALL, STREAM_FEATURES);
    const fill = featureFiller(STREAM_FEATURES);
    const wanted = new Map(silver.map((row) => [`${row.patient_id} ${row.event_time}`, row]));
    const expected = new Float64Array(STREAM_FEATURES.length);
    for (let row = 0; row < data.count; row += 97) {
      const of = wanted.get(`${patientIds![series!.patients[row]!]} ${series!.times[row]}`)!;
      if (of === old) continue;
      fill(of as never, expected, 0);
      expect(Float64Array.from(expected, (_, column) => data.cell(row, column))).toEqual(expected);
    }
  });

  test('of more readings than are wanted, is of some patients and all of their readings', async () => {
    const { patientIds, data, source } = await silverSet(snapshot, { ...ALL, mostReadings: 3_000 }, STREAM_FEATURES);
    expect(patientIds!.length).toBeLessThan(4);
    expect(data.count).toBeGreaterThanOrEqual(patientIds!.length * 1_438);
    expect(source).toMatch(/, \d of 4 patients$/);
  });

  test('is of the stretch that was asked for, and refused where there is none', async () => {
    const hour = { ...ALL, from: SILVER_FROM + 3_600_000, to: SILVER_FROM + 7_200_000 };
    expect((await silverSet(snapshot, hour, STREAM_FEATURES)).data.count).toBe(4 * 60);
    const never = silverSet(snapshot, { ...ALL, from: SILVER_FROM + 2 * DAY }, STREAM_FEATURES);
    await expect(never).rejects.toThrow(/--lake: silver has no reading to train on/);
  });
});

describe('quiet days of silver', () => {
  test('are those without an urgent or critical alert of another rule than the anomaly', async () => {
    const times = { from: SILVER_FROM, to: SILVER_FROM + DAY };
    const { quiet, alerted: left } = await silverQuietDays(snapshot, MODEL, times, DEFAULT_PERSISTENCE);
    expect(quiet.map(({ days }) => days.length).sort()).toEqual([0, 1, 1, 1]);
    expect(left).toBe(1);
    const some = await silverQuietDays(
      snapshot,
      MODEL,
      times,
      DEFAULT_PERSISTENCE,
      (id) => id === silver[3]!.patient_id,
    );
    expect(some.quiet.map(({ ward, days }) => [ward, days.length])).toEqual([[silver[3]!.ward, 1]]);
  });

  test('are scored as single rows are', async () => {
    const times = { from: SILVER_FROM, to: SILVER_FROM + 3_600_000 };
    const fill = featureFiller(MODEL.features);
    const row = new Float64Array(MODEL.features.length);
    const wanted = new Map(silver.map((one) => [`${one.patient_id} ${one.event_time}`, one]));
    let compared = 0;
    for await (const { patient, time, score } of scoreSilver(snapshot, MODEL, times)) {
      const of = wanted.get(`${patient} ${time}`)!;
      if (of === old) continue;
      fill(of as never, row, 0);
      expect(score).toBe(MODEL.score(row, 1)[0]);
      compared++;
    }
    expect(compared).toBeGreaterThan(200);
  });
});
