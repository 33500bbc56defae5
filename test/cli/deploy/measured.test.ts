import { beforeAll, describe, expect, test } from '@jest/globals';
import { MEASURED } from '../../../cli/deploy/measured.js';
import { ratesOf } from '../../../cli/deploy/rates.js';
import { operationsOfBatch } from '../../../cli/deploy/storage-operations.js';
import { ENVIRONMENT_DEFAULTS, type Workload } from '../../../cli/deploy/workload.js';
import { countLiveRun, type LiveCounts, type LiveRun } from './live-lake.js';

/** COST_SECONDS=3600 COST_PATIENTS=200 measures what docs/costs.md has; the default has one round of compaction. */
const SECONDS = Number(process.env['COST_SECONDS'] ?? 80);
const PATIENTS = Number(process.env['COST_PATIENTS'] ?? 60);
const TIMEOUT = 600_000;

/** What one batch of a run is, for the formula. */
function shapeOf(run: LiveRun, counts: LiveCounts) {
  return {
    readings: counts.readings / counts.batches,
    batchSeconds: run.batchSeconds,
    shares: Math.max(1, run.workers),
  };
}

describe.each<LiveRun>([
  { patients: PATIENTS, seconds: SECONDS, batchSeconds: 1, workers: 0 },
  { patients: PATIENTS, seconds: SECONDS * 4, batchSeconds: 10, workers: 0 },
])('requests of a live run with a batch every $batchSeconds s', (run) => {
  let counts: LiveCounts;
  beforeAll(async () => {
    counts = await countLiveRun(run);
  }, TIMEOUT);

  test('the formula says how many objects a batch writes, within a tenth', () => {
    const { puts } = operationsOfBatch(shapeOf(run, counts));
    // Renewals of the lease are not counted: they follow the clock of the machine, not the run's.
    const written = counts.puts / counts.batches;
    expect((puts - run.batchSeconds / 10) / written).toBeGreaterThan(0.9);
    expect((puts - run.batchSeconds / 10) / written).toBeLessThan(1.1);
  });

  test('it counts no fewer reads than there were: compaction is behind in a run that is as fast as it can', () => {
    const { reads, looks } = operationsOfBatch(shapeOf(run, counts));
    expect(counts.reads / counts.batches).toBeLessThan(1.1 * reads);
    expect(counts.looks / counts.batches).toBeLessThan(1.1 * looks);
    expect(counts.looks / counts.batches).toBeGreaterThan(0.3 * looks);
  });

  test('rows of gold are as many as the rates say', () => {
    const load: Workload = {
      ...ENVIRONMENT_DEFAULTS.prod,
      environment: 'prod',
      engine: 'direct',
      patients: run.patients,
      intervalSeconds: 1,
      batchSeconds: run.batchSeconds,
    };
    const { rows } = ratesOf(load);
    const rate = (table: string) => (counts.tables.get(table)?.rows ?? 0) / run.seconds;
    expect(rate('gold.patient_summary') / rows.summary).toBeGreaterThan(0.85);
    expect(rate('gold.patient_summary') / rows.summary).toBeLessThan(1.15);
    expect(rate('gold.vitals_hourly') / rows.hourly).toBeGreaterThan(0.7);
    expect(rate('gold.vitals_hourly') / rows.hourly).toBeLessThan(1.3);
  });
});

describe('bytes of readings that are drained in one batch', () => {
  let counts: LiveCounts;
  beforeAll(async () => {
    counts = await countLiveRun({ patients: PATIENTS, seconds: SECONDS, batchSeconds: SECONDS, workers: 0 });
  }, TIMEOUT);

  test('a message has as many bytes as the model says, within 5%', () => {
    expect(counts.wireBytes / counts.readings / MEASURED.messageBytes).toBeGreaterThan(0.95);
    expect(counts.wireBytes / counts.readings / MEASURED.messageBytes).toBeLessThan(1.05);
  });

  test.each([
    ['bronze.patient_vitals', MEASURED.lakeBytesPerReading.bronze],
    ['silver.patient_vitals', MEASURED.lakeBytesPerReading.silver],
  ])('%s has as many as the model says for a reading, within 15%%', (table, bytes) => {
    const measured = (counts.tables.get(table)?.bytes ?? 0) / counts.readings;
    expect(measured / bytes).toBeGreaterThan(0.85);
    expect(measured / bytes).toBeLessThan(1.15);
  });

  test('a dead letter is as rare as the model says', () => {
    const rate = (counts.tables.get('silver.dead_letter')?.rows ?? 0) / counts.readings;
    expect(rate).toBeGreaterThan(0.25 * MEASURED.rejectsPerReading);
    expect(rate).toBeLessThan(4 * MEASURED.rejectsPerReading);
  });
});
