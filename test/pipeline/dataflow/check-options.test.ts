import { describe, expect, test } from '@jest/globals';
import { checkOptions } from '../../../pipeline/engines/dataflow/check-options.js';
import type { DataflowOptions } from '../../../pipeline/engines/dataflow/options.js';
import { ConfigurationError } from '../../../schema/errors.js';
import { someOptions } from './a-submission.js';

const REFUSED: readonly (readonly [flag: string, changes: Partial<DataflowOptions>])[] = [
  ['--project', { project: 'Demo Vitals' }],
  ['--project', { project: '123456' }],
  ['--region', { region: 'europe-west1-b' }],
  ['--region', { region: 'europe' }],
  ['--job-name', { jobName: 'Vitals' }],
  ['--job-name', { jobName: 'vitals-' }],
  ['--temp-location', { tempLocation: '/tmp/vitals' }],
  ['--temp-location', { tempLocation: 'gs://' }],
  ['--staging-location', { stagingLocation: 'gs://b/x' }],
  ['--staging-location', { stagingLocation: 's3://bucket/x' }],
  ['--worker-image', { workerImage: 'europe-west1-docker.pkg.dev/demo/vitals/worker:latest' }],
  ['--worker-image', { workerImage: 'worker@sha256:abc' }],
  ['--max-workers', { maxWorkers: 0 }],
  ['--max-workers', { maxWorkers: NaN }],
  ['--max-workers', { maxWorkers: 10_000 }],
  ['--num-workers', { numWorkers: 4 }],
  ['--num-workers', { numWorkers: 1.5 }],
  ['--machine-type', { machineType: 'large' }],
  ['--service-account', { serviceAccount: 'me@example.com' }],
  ['--subnetwork', { subnetwork: 'vitals' }],
  ['--subnetwork', { subnetwork: 'regions/europe-west4/subnetworks/vitals' }],
  ['--labels', { labels: { App: 'vitals' } }],
  ['--labels', { labels: { app: 'Vitals!' } }],
  ['--labels', { labels: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`l${i}`, 'x'])) }],
];

describe('the options of a job', () => {
  test('good options pass, with and without what may be left out', () => {
    expect(() => checkOptions(someOptions())).not.toThrow();
    const least = { numWorkers: null, machineType: null, serviceAccount: null, subnetwork: null, labels: {} };
    expect(() => checkOptions(someOptions(least))).not.toThrow();
    const shared = 'https://www.googleapis.com/compute/v1/projects/host/regions/europe-west1/subnetworks/vitals';
    expect(() => checkOptions(someOptions({ subnetwork: shared, project: 'example.com:vitals' }))).not.toThrow();
  });

  test.each(REFUSED)('%s refuses what it cannot be, with the value and a remedy: %j', (flag, changes) => {
    const refusal = (): unknown => {
      try {
        return checkOptions(someOptions(changes));
      } catch (error) {
        return error;
      }
    };
    const error = refusal() as ConfigurationError;
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.subject).toBe(flag);
    expect(error.remedy).not.toBe('');
    const [value] = Object.values(changes);
    if (typeof value !== 'object') expect(error.problem).toContain(String(value));
  });
});
