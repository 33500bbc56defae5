import { beforeAll, describe, expect, test } from '@jest/globals';
import { seriesOf } from '../../../cli/evaluation/compare-detectors.js';
import { simulateCohort, type Cohort } from '../../../cli/evaluation/cohort.js';
import { modelDetector, NEWS2_DETECTOR, RANDOM_DETECTOR } from '../../../cli/evaluation/detectors.js';
import { scenarioMarkdown } from '../../../cli/evaluation/report-markdown.js';
import { calibrationPlot, sensitivityPlot } from '../../../cli/evaluation/report-plots.js';
import { runScenarios } from '../../../cli/evaluation/run-scenarios.js';
import { evaluateScenarios, type ScenarioReport } from '../../../cli/evaluation/scenarios.js';
import { decodeModelFolder } from '../../../model/model-folder.js';
import { createPatients } from '../../../simulator/patients.js';
import { smallForest } from '../../support/forests.js';

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 0, 5);

function cohortOf(patients: number, hours: number, seed = 'cohort'): Cohort {
  return simulateCohort({
    people: createPatients(seed, patients),
    seed,
    from: FROM,
    to: FROM + hours * HOUR,
    intervalMs: 60_000,
    scenario: { kind: 'hypoxia', share: 1 },
  });
}

describe('a simulated cohort', () => {
  let cohort: Cohort;
  beforeAll(() => {
    cohort = cohortOf(5, 3);
  });

  test('has the readings of every patient in order, enriched as the pipeline does', () => {
    expect(cohort.count).toBe(5 * 180);
    const reading = cohort.reading(0);
    const person = cohort.people[cohort.patients[0]!]!;
    expect(reading).toMatchObject({ patient_id: person.patient_id, ward: person.ward, pregnant: person.pregnant });
    expect(reading.age).toBeGreaterThanOrEqual(person.age - 1);
    expect(cohort.times.every((time) => time >= FROM && time < FROM + 3 * HOUR)).toBe(true);
  });

  test('knows what was the matter with each, in minutes', () => {
    expect(cohort.events.flat().map(({ kind }) => kind)).toContain('hypoxia');
    for (const { onset, end } of cohort.events.flat()) expect(end).toBeGreaterThan(onset);
  });

  test('becomes one series a patient, a minute each', () => {
    const series = seriesOf(cohort, RANDOM_DETECTOR.score(cohort));
    expect(series).toHaveLength(5);
    for (const { minutes, scores } of series) {
      expect(minutes.length).toBe(scores.length);
      expect(minutes.every((minute, i) => i === 0 || minute > minutes[i - 1]!)).toBe(true);
    }
  });

  test('is scored by NEWS2 as the chart says, and by a model as it scores single rows', () => {
    const news2 = NEWS2_DETECTOR.score(cohort);
    expect(Math.max(...news2.filter((score) => score === score))).toBeGreaterThanOrEqual(5);
    const { files } = smallForest(1);
    const model = decodeModelFolder(files, 'small');
    const scores = modelDetector(model).score(cohort);
    expect(scores.filter((score) => score > 0 && score < 1).length).toBeGreaterThan(0.9 * cohort.count);
  });
});

describe('an evaluation on scenarios', () => {
  const OPTIONS = { patients: 12, days: 1, quietPatients: 20, quietDays: 1, seed: 'test', falseAlarms: 0.5 };
  let report: ScenarioReport;
  beforeAll(() => {
    report = evaluateScenarios([decodeModelFolder(smallForest(1).files, 'small')], OPTIONS, () => undefined);
  });

  test('compares every detector at a setting that was calibrated on other patients', () => {
    expect(report.comparisons.map(({ detector }) => detector.name)).toEqual([
      'forest',
      'NEWS2',
      'thresholds',
      'random',
    ]);
    for (const { settings } of report.comparisons) {
      const main = settings.find(({ target }) => target === OPTIONS.falseAlarms)!;
      expect(main.calibrated).toBeLessThanOrEqual(OPTIONS.falseAlarms);
      // Twenty days are too few for one alarm in ten of them: that is said, and not guessed.
      expect(settings.find(({ target }) => target === 0.1)).toMatchObject({ threshold: null, measured: null });
    }
  });

  test('says in its report that the same generator made training and test', () => {
    const text = scenarioMarkdown(report);
    expect(text).toMatch(/the same generator made both/);
    expect(text).toMatch(/say nothing about real patients/);
    expect(text).toMatch(/\| random \|/);
  });

  test('draws plots that are whole, and the same each time', () => {
    for (const plot of [sensitivityPlot, calibrationPlot]) {
      const svg = plot(report.comparisons);
      expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      expect(plot(report.comparisons)).toBe(svg);
    }
  });

  test.each([
    [{ falseAlarms: 0.1 }, /--false-alarms: .*20 patient-days.*at least 99/],
    [{ patients: 0 }, /--patients/],
    [{ quietDays: 1.5 }, /--quiet-days/],
    [{ falseAlarms: 0 }, /--false-alarms/],
  ])('refuses %j before anything is simulated', async (change, problem) => {
    const request = { ...OPTIONS, ...change, models: [], out: undefined, json: false };
    await expect(runScenarios(request)).rejects.toThrow(problem);
  });
});
