import { describe, expect, test } from '@jest/globals';
import { DECIDED_ROWS, runWhileDeciding } from '../../support/decided-run.js';
import { missing } from './runs.js';

const suite = missing === null ? describe : describe.skip;

suite(`models on Flink${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test('micro-batches take a promotion and a rollback from the shell up without a restart, and lose nothing', async () => {
    const { models, batches, audit } = await runWhileDeciding(['--engine', 'flink', '--workers', '2'], 120_000);
    const [first, second] = models;
    expect(batches.map(({ model_id, n }) => [model_id, n])).toEqual(
      [first, second, first].map((model) => [model, DECIDED_ROWS]),
    );
    expect(audit.ok).toBe(true);
  }, 400_000);
});
