import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { measureCalibration, measureQuiet } from '../../../cli/calibration/measure.js';
import { simulateQuietDays } from '../../../cli/calibration/quiet-simulated.js';
import { runCalibrate } from '../../../cli/calibration/run-calibrate.js';
import { readModelFolder, writeModelFolder } from '../../../cli/model-files.js';
import { calibrateWards } from '../../../model/calibration/calibrate.js';
import { DEFAULT_PERSISTENCE } from '../../../model/calibration/persistence.js';
import { decodeModelFolder } from '../../../model/model-folder.js';
import { remakeModel } from '../../../model/remake.js';
import { smallForest } from '../../support/forests.js';
import { withFolder } from '../../support/vitals.js';

const MODEL = decodeModelFolder(smallForest(1).files, 'small');
const REQUEST = {
  ...{ lake: undefined, from: undefined, to: undefined, simulate: 20, days: 1, seed: 'calibration' },
  ...{ 'false-alarms': 1, persistence: '3/5', by: 'ward' as const, 'unit-type': [], check: 0 },
  ...{ folder: 'unused', out: undefined, json: true },
};

describe('a false-alarm setting', () => {
  test('is kept on other quiet patients of the same kind, and is not idle', () => {
    const quiet = simulateQuietDays(MODEL, { patients: 24, days: 1, seed: 'calibration' }, DEFAULT_PERSISTENCE);
    const { calibration } = calibrateWards(quiet, {
      ...{ falseAlarms: 1, persistence: DEFAULT_PERSISTENCE, by: 'hospital', unitTypes: new Map(), source: 'test' },
    });
    const calibrated = remakeModel(MODEL, { calibration });
    const other = measureCalibration(calibrated, { patients: 24, days: 1, seed: 'others' }).at(-1)!;
    expect(other).toMatchObject({ ward: '*', patientDays: 24 });
    // Of 24 patients, and the seeds are fixed: the large measurement stands in docs/calibration.md.
    expect(other.rate).toBeLessThan(1.8);
    expect(other.rate).toBeGreaterThan(0);
  });

  test('is measured ward by ward, and for all by their days', () => {
    const minutes = Int32Array.from({ length: 1440 }, (_, i) => i);
    const day = (score: number) => ({
      minutes,
      persistent: Float64Array.from(minutes, (_, i) => (i === 9 ? score : 0)),
    });
    const quiet = [
      { ward: 'A', days: [day(MODEL.threshold), day(0)] },
      { ward: 'B', days: [day(0)] },
      { ward: 'C', days: [] },
    ];
    expect(measureQuiet(MODEL, quiet, 30)).toEqual([
      { ward: 'A', patientDays: 2, rate: 0.5 },
      { ward: 'B', patientDays: 1, rate: 0 },
      { ward: '*', patientDays: 3, rate: 1 / 3 },
    ]);
  });
});

describe('vitals model calibrate', () => {
  const said = { out: '', err: '' };
  beforeEach(() => {
    said.out = said.err = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((said.out += String(text)), true));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((said.err += String(text)), true));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('writes a model of another id, and says which wards have a threshold of another', async () => {
    await withFolder(async (folder) => {
      writeModelFolder(join(folder, 'model'), MODEL);
      const out = join(folder, 'calibrated');
      await runCalibrate({ ...REQUEST, folder: join(folder, 'model'), out });
      const printed = JSON.parse(said.out) as { id: string; calibration: object };
      const written = readModelFolder(out);
      expect(printed).toMatchObject({ id: written.id, calibration: written.calibration });
      expect(written.id).not.toBe(MODEL.id);
      expect(said.err).toMatch(/fewer than 9 patients of their own.*(unit type|hospital)/);
      expect(said.err).toMatch(/says nothing about real ones/);
    });
  });

  test.each([
    [{ simulate: undefined }, /--lake: whose quiet days is not said/],
    [{ lake: 'lake' }, /--lake: two sources/],
    [{ 'false-alarms': 0.1 }, /--false-alarms: .*20 patient-days.*at least 99/s],
    [{ 'false-alarms': 0 }, /--false-alarms/],
    [{ simulate: 1.5 }, /--simulate/],
    [{ persistence: '6/5' }, /--persistence/],
    [{ persistence: 'often' }, /--persistence/],
  ])('refuses %j before anything is simulated', async (change, problem) => {
    await expect(runCalibrate({ ...REQUEST, ...change })).rejects.toThrow(problem);
  });

  test.each([[['ICU']], [['a=ICU', 'b=ICU']]])('refuses unit types %j', async (texts) => {
    await withFolder(async (folder) => {
      writeModelFolder(join(folder, 'model'), MODEL);
      const request = { ...REQUEST, folder: join(folder, 'model'), 'unit-type': texts };
      await expect(runCalibrate(request)).rejects.toThrow(/--unit-type/);
    });
  });
});
