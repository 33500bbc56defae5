import { describe, expect, test } from '@jest/globals';
import { thresholdFor, type Calibration } from '../../../model/calibration/calibration.js';
import { calibrateWards, leastDays, type PatientDays } from '../../../model/calibration/calibrate.js';
import { quietDays } from '../../../model/calibration/conformal.js';
import { uniformSource } from '../../../model/forest/random.js';
import { decodeModelFolder, encodeModelFolder } from '../../../model/model-folder.js';
import { hashDocument } from '../../../model/decode-document.js';
import type { ModelDocument } from '../../../model/model-document.js';
import { remakeModel } from '../../../model/remake.js';
import { smallForest } from '../../support/forests.js';

const RULE = { k: 1, n: 1, rearmMinutes: 30 };
const MODEL = decodeModelFolder(smallForest(1).files, 'small');

/** Patients of a ward whose scores are uniform from 0 to `most`, two days each. */
function patients(ward: string | null, count: number, most: number): PatientDays[] {
  const random = uniformSource(`${ward}`);
  return Array.from({ length: count }, () => {
    const scores = Float64Array.from({ length: 2 * 1440 }, () => most * random());
    return { ward, days: quietDays([{ minutes: Int32Array.from(scores, (_, i) => i), scores }], RULE) };
  });
}

const options = (change: object = {}) => ({
  ...{ falseAlarms: 1, persistence: RULE, by: 'ward' as const, unitTypes: new Map<string, string>(), source: 'test' },
  ...change,
});

describe('the calibration of wards', () => {
  const quiet = [...patients('Calm', 12, 0.4), ...patients('Loud', 12, 0.9), ...patients('Small', 3, 0.9)];

  test('lets a ward of few patients keep a threshold of its own where it is stricter', () => {
    const loudest = patients('Loudest', 7, 0.99);
    const { calibration, wards } = calibrateWards([...quiet, ...loudest], options());
    expect(wards.find(({ ward }) => ward === 'Loudest')).toMatchObject({ basis: 'few patients', wardPatients: 7 });
    expect(calibration.thresholds['Loudest']).toBeGreaterThan(calibration.default);
  });

  test('gives each ward a threshold of its own, and one with too few patients that of the hospital', () => {
    const { calibration, wards } = calibrateWards(quiet, options());
    expect(wards.map(({ ward, basis, wardPatients }) => [ward, basis, wardPatients])).toEqual([
      ['Calm', 'ward', 12],
      ['Loud', 'ward', 12],
      ['Small', 'hospital', 3],
    ]);
    expect(Object.keys(calibration.thresholds)).toEqual(['Calm', 'Loud']);
    expect(calibration.thresholds['Calm']).toBeLessThan(0.41);
    expect(calibration.thresholds['Loud']).toBeGreaterThan(0.85);
    expect(calibration.patient_days).toBe(54);
  });

  test('lets wards of one unit type stand in for each other before the hospital does', () => {
    const unitTypes = new Map([
      ['Loud', 'busy'],
      ['Small', 'busy'],
    ]);
    const { calibration, wards } = calibrateWards(quiet, options({ unitTypes }));
    expect(wards.find(({ ward }) => ward === 'Small')).toMatchObject({ basis: 'unit type busy', patientDays: 30 });
    expect(Object.keys(calibration.thresholds)).toEqual(['Calm', 'Loud', 'Small']);
  });

  test('counts patients and not days: thirty days of one are not thirty patients', () => {
    expect(leastDays(1)).toBe(9);
    const { wards } = calibrateWards([...quiet, ...patients('Eight', 8, 0.4)], options());
    expect(wards.find(({ ward }) => ward === 'Eight')).toMatchObject({ wardDays: 16, basis: 'hospital' });
  });

  test('by hospital there is one threshold, and readings without a ward count in it', () => {
    const { calibration, wards } = calibrateWards([...quiet, ...patients(null, 9, 0.9)], options({ by: 'hospital' }));
    expect(wards).toEqual([]);
    expect(calibration).toMatchObject({ thresholds: {}, patient_days: 72 });
  });

  test('is refused where all days together are too few', () => {
    expect(() => calibrateWards(patients('Small', 3, 0.9), options())).toThrow(/6 quiet patient-days.*at least 9/s);
  });
});

describe('a calibrated model', () => {
  const calibration: Calibration = {
    false_alarms_per_patient_day: 0.5,
    persistence: { k: 3, n: 5, rearm_minutes: 30 },
    source: 'test',
    patient_days: 700,
    thresholds: { 'Ward 10': 0.7, ICU: 0.8, __proto__x: 0.6 },
    default: 0.65,
  };
  const calibrated = remakeModel(MODEL, { calibration });

  test('has the threshold of each ward, and its default for every other', () => {
    expect(['ICU', 'Ward 10', 'ED', null].map((ward) => thresholdFor(calibrated, ward))).toEqual([
      0.8, 0.7, 0.65, 0.65,
    ]);
    expect(thresholdFor(MODEL, 'ICU')).toBe(MODEL.threshold);
    expect(calibrated.threshold).toBe(0.65);
  });

  test('has an id of its own, another for each calibration, and scores as before', () => {
    const other = remakeModel(MODEL, { calibration: { ...calibration, thresholds: { ICU: 0.81 } } });
    expect(new Set([MODEL.id, calibrated.id, other.id]).size).toBe(3);
    const row = Float64Array.from(MODEL.features, ({ median }) => median + 1);
    expect(calibrated.score(row, 1)).toEqual(MODEL.score(row, 1));
  });

  test('comes back from its folder byte for byte, wards in order of name', () => {
    const files = encodeModelFolder(calibrated);
    const loaded = decodeModelFolder(files, 'm');
    expect(encodeModelFolder(loaded)).toEqual(files);
    expect([loaded.id, loaded.calibration]).toEqual([calibrated.id, calibration]);
    expect(Object.keys(loaded.calibration!.thresholds)).toEqual(['ICU', 'Ward 10', '__proto__x']);
    expect(thresholdFor(loaded, 'ICU')).toBe(0.8);
  });

  test.each([
    ['a default that is not the threshold', { default: 0.5 }, /calibration\.default is not the threshold/],
    ['a threshold that is no number', { thresholds: { ICU: 'high' } }, /calibration\.thresholds\.ICU/],
    ['a persistence of 6 in 5', { persistence: { k: 6, n: 5, rearm_minutes: 0 } }, /k is not from 1 to n/],
  ])('is refused with %s', (_, change, problem) => {
    const files = encodeModelFolder(calibrated);
    const document = JSON.parse(new TextDecoder().decode(files['model.json'])) as ModelDocument;
    const forged = { ...document, calibration: { ...calibration, ...change } } as ModelDocument;
    const json = JSON.stringify({ ...forged, document_sha256: hashDocument(forged) });
    expect(() => decodeModelFolder({ ...files, 'model.json': new TextEncoder().encode(json) }, 'm')).toThrow(problem);
  });

  test('keeps what is known of its training, without another id for it', () => {
    const split = {
      ...{ holdout: 0.2, cut: 1_767_571_200_000, neither_rows: 7 },
      ...{ train: { patients: 8, rows: 80 }, held_out: { patients: 2, rows: 5 } },
    };
    const heldOut = { scored: 5, anomalies: 0.2, labelled: { auc: 0.9, average_precision: 0.5 } };
    const known = remakeModel(MODEL, { generator: 'simulator', split, heldOut, recipe: 'ab'.repeat(32) });
    const loaded = decodeModelFolder(encodeModelFolder(known), 'm');
    expect(loaded.id).toBe(MODEL.id);
    expect(loaded.training).toMatchObject({ generator: 'simulator', split, recipe: 'ab'.repeat(32) });
    expect(loaded.metrics.held_out).toEqual(heldOut);
  });
});
