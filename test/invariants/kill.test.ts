import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { finished, startVitals, vitals, withFolder } from '../support/vitals.js';

/** SIGKILLs in all. CI runs a few; the published figure is `VITALS_KILLS=1000 npm run test:kill`. */
const KILLS = Number(process.env['VITALS_KILLS'] ?? 4);
const SEED = Number(process.env['VITALS_KILL_SEED'] ?? 20261121);
/** A run of this input takes a few seconds: kills fall into start-up, batches, commits and the last firing. */
const LATEST_KILL_MILLIS = 3_500;

/** A small generator of its own, so that a failure can be repeated with its seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test(
  `a run that is killed ${KILLS} times at random moments ends with the same silver and gold (seed ${SEED})`,
  async () => {
    await withFolder(async (folder) => {
      const landing = join(folder, 'landing');
      await mkdir(landing);
      const simulated = await vitals([
        ...['simulate', '--patients', '60', '--interval', '60', '--seed', 'kill', '--sink', `file:${landing}`],
        ...['--from', '2026-11-21T00:00:00Z', '--to', '2026-11-21T03:00:00Z'],
        ...['--late', '0.02', '--duplicate', '0.02', '--malformed', '0.02'],
        ...['--patients-out', join(folder, 'patients.ndjson')],
      ]);
      expect(simulated.code).toBe(0);
      const run = (lake: string) => [
        ...['run', '--once', '--source', `file:${landing}`, '--lake', join(folder, lake)],
        ...['--patients', join(folder, 'patients.ndjson'), '--batch-messages', '900', '--workers', '1'],
      ];
      expect((await vitals(run('undisturbed'))).code).toBe(0);
      const expected = JSON.parse((await vitals(['audit', '--json', '--lake', join(folder, 'undisturbed')])).stdout);
      expect(expected.ok).toBe(true);

      const random = randomOf(SEED);
      let kills = 0;
      for (let lake = 0; kills < KILLS; lake += 1) {
        let done = false;
        while (!done) {
          const child = startVitals(run(`killed-${lake}`));
          child.stdin?.end();
          const timer =
            kills < KILLS ? setTimeout(() => child.kill('SIGKILL'), random() * LATEST_KILL_MILLIS) : undefined;
          const end = await finished(child);
          clearTimeout(timer);
          if (end.signal === 'SIGKILL') kills += 1;
          else {
            expect(end).toMatchObject({ code: 0 });
            done = true;
          }
        }
        const audit = JSON.parse((await vitals(['audit', '--json', '--lake', join(folder, `killed-${lake}`)])).stdout);
        expect(audit).toMatchObject({
          ok: true,
          silver_hash: expected.silver_hash,
          gold_hash: expected.gold_hash,
          received: expected.received,
          silver: expected.silver,
        });
      }
    });
  },
  60_000 + KILLS * 30_000,
);
