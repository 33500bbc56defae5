import { expect, test } from '@jest/globals';
import { DECIDED_ROWS, runWhileDeciding } from '../../support/decided-run.js';

test('a pipeline of two workers takes a promotion and a rollback from the shell up without a restart, and loses nothing', async () => {
  const { models, batches, audit } = await runWhileDeciding(['--workers', '2'], 45_000);
  const [first, second] = models;
  expect(batches.map(({ model_id, n }) => [model_id, n])).toEqual(
    [first, second, first].map((model) => [model, DECIDED_ROWS]),
  );
  expect(audit.ok).toBe(true);
}, 120_000);
