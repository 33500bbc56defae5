import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { selectTables } from '../../../bigquery/load/select-tables.js';
import { finished } from '../../support/vitals.js';
import { createTables } from './create-tables.js';
import { GrowingLake } from './growing-lake.js';
import { startLoad } from './load-process.js';
import { lakeRows, warehouseRows } from './rows-of.js';
import { scratchFolder, warehouse, PROJECT } from './setting.js';

/** SIGKILLs in all. The published figure is that of `node bench/load-kills.mjs`. */
const KILLS = Number(process.env['LOAD_KILLS'] ?? 2);
const SEED = Number(process.env['LOAD_KILL_SEED'] ?? 20261121);
const TABLES = 'gold,silver';
/** Requests of a load of this lake, about: kills fall between any two of them, whatever the machine's speed. */
const REQUESTS = 60;
/** Longest time from a request to the kill, ms. */
const LATEST_KILL_MILLIS = 60;

/** A small generator of its own, so that a failure can be repeated with its seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test(
  `a load that is killed ${KILLS} times while the lake grows leaves each row in the warehouse once (seed ${SEED})`,
  async () => {
    const random = randomOf(SEED);
    const fake = await warehouse();
    createTables(fake);
    fake.jobMillis = () => random() * 120;
    // Every eighth job dies half-way, every fortieth answer is lost.
    fake.faults.job = () => (random() < 1 / 8 ? { reason: 'backendError', message: 'died half-way' } : null);
    fake.faults.loseAnswer = () => random() < 1 / 40;
    const lake = await GrowingLake.open(join(scratchFolder(), 'lake'));
    try {
      await lake.grow(10, 60);
      const args = ['--lake', lake.root, '--warehouse', `bigquery:${PROJECT}`, '--tables', TABLES, '--json'];
      let kills = 0;
      for (let runs = 0; kills < KILLS; runs++) {
        expect(runs).toBeLessThan(KILLS * 10);
        const child = startLoad(args, fake.url);
        let left = 1 + Math.floor(random() * REQUESTS);
        fake.faults.before = () => {
          left -= 1;
          if (left === 0) setTimeout(() => child.kill('SIGKILL'), random() * LATEST_KILL_MILLIS);
          return null;
        };
        const end = await finished(child);
        fake.faults.before = () => null;
        if (end.signal === 'SIGKILL') kills += 1;
        else expect(end).toMatchObject({ code: 0 });
        await lake.grow(1 + Math.floor(random() * 4), 60);
        if (random() < 0.5) await lake.compact();
      }
      const last = await finished(startLoad(args, fake.url));
      expect(last).toMatchObject({ code: 0 });
      const again = await finished(startLoad(args, fake.url));
      expect(JSON.parse(again.stdout)).toMatchObject({ jobs: 0, rows: 0 });
      let rows = 0;
      for (const table of selectTables(TABLES)) {
        const expected = await lakeRows(lake.root, table);
        expect(warehouseRows(fake, table)).toEqual(expected);
        rows += expected.length;
      }
      expect(rows).toBeGreaterThan(1_000);
      if (process.env['LOAD_KILL_REPORT']) {
        const failed = [...fake.jobs.values()].filter((job) => job.status.errorResult).length;
        process.stderr.write(`${kills} kills, ${fake.jobs.size} jobs (${failed} died), ${rows} rows, each once\n`);
      }
    } finally {
      await lake.close();
    }
  },
  60_000 + KILLS * 20_000,
);
