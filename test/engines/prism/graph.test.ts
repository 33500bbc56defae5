import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { runOnDirectRunner } from '../../../beam/index.js';
import { openWorkerPool, runPortably, type WorkerEnvironment } from '../../../beam/portable/index.js';
import { writeNdjson } from '../../../beam/testing/index.js';
import type { GraphOptions } from '../../../pipeline/graph.js';
import { GRAPH_OUTPUTS } from '../../../pipeline/graph-output.js';
import { FROM, HOUR, simulated } from '../../simulator/simulation.js';
import { withFolder } from '../support/folder.js';
import {
  frozenBlocks,
  graphOver,
  provideTestResources,
  rowsOf,
  WORKER_SETUP,
  writersOf,
} from '../support/graph-run.js';
import { describeOn } from '../support/program.js';
import { PRISM, startPrism, type Prism } from '../support/prism.js';

let prism: Prism;
beforeAll(async () => {
  provideTestResources();
  if ('path' in PRISM) prism = await startPrism();
});
afterAll(async () => await prism?.stop());

/** An hour of twelve patients with everything that goes wrong on a network: repeats, late and malformed messages. */
function writeMessages(folder: string): string {
  const { lines } = simulated({ rates: { late: 0.1, duplicate: 0.1, malformed: 0.05, lost: 0 } }, 12);
  const file = join(folder, 'messages.ndjson');
  writeNdjson(file, frozenBlocks(lines, FROM + 3 * HOUR));
  return file;
}

async function runOnPrism(
  file: string,
  folder: string,
  worker: WorkerEnvironment,
  options: Partial<GraphOptions> = {},
) {
  await runPortably((root) => graphOver(root, file, folder, options), {
    jobEndpoint: prism.jobEndpoint,
    jobName: 'graph',
    worker,
    timeoutMillis: 60_000,
  });
}

/** The rows of the DirectRunner; every output has some, or the comparison would say nothing. */
async function expectedRows(file: string, folder: string) {
  await runOnDirectRunner((root) => graphOver(root, file, folder));
  const rows = rowsOf(folder);
  for (const output of GRAPH_OUTPUTS)
    if (rows[output].length === 0) throw new Error(`the input brings no rows of ${output}`);
  return rows;
}

describeOn(PRISM, 'the whole graph on Prism', () => {
  test('gives the rows of the DirectRunner, output by output', () =>
    withFolder(async (folder) => {
      const file = writeMessages(folder);
      const expected = await expectedRows(file, join(folder, 'direct'));
      await runOnPrism(file, join(folder, 'prism'), { kind: 'loopback' });
      expect(rowsOf(join(folder, 'prism'))).toEqual(expected);
    }));

  test('gives the same rows in a worker process of a pool, with patients spread over buckets', () =>
    withFolder(async (folder) => {
      const file = writeMessages(folder);
      const expected = await expectedRows(file, join(folder, 'direct'));
      const pool = await openWorkerPool({ spares: 1, setup: WORKER_SETUP });
      try {
        const worker: WorkerEnvironment = { kind: 'external', address: pool.address };
        await runOnPrism(file, join(folder, 'prism'), worker, { buckets: 4 });
      } finally {
        await pool.close();
      }
      expect(rowsOf(join(folder, 'prism'))).toEqual(expected);
      expect(writersOf(join(folder, 'prism'))).not.toContain(process.pid);
    }));
});
