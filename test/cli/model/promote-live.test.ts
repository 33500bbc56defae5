import { writeFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { writeModelFolder } from '../../../cli/model-files.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { decodeModelFolder } from '../../../model/model-folder.js';
import { openQuerySession } from '../../../query/session.js';
import { smallForest } from '../../support/forests.js';
import { finished, startVitals, vitals, withFolder } from '../../support/vitals.js';
import { wire } from '../../support/wire-reading.js';

const ROWS = 20;
const WITHIN_MILLIS = 45_000;

/** Puts a file of readings of its own patients into the landing folder, as a publisher does. */
async function land(folder: string, name: string): Promise<void> {
  const lines = Array.from({ length: ROWS }, (_, i) => wire({ patient: `${name}-${i % 5}`, sequence: i + 1 }));
  await writeFile(join(folder, `.${name}`), lines.join('\n') + '\n');
  await rename(join(folder, `.${name}`), join(folder, `${name}.ndjson`));
}

describe('a pipeline of two workers that follows the champion', () => {
  test('takes a promotion and a rollback from the shell up without a restart, and loses nothing', async () => {
    await withFolder(async (folder) => {
      const [lake, landing] = [join(folder, 'lake'), join(folder, 'landing')];
      await mkdir(landing);
      const ids = [1, 2].map((seed) => {
        const { id, files } = smallForest(seed);
        writeModelFolder(join(folder, id), decodeModelFolder(files, id));
        return id;
      });
      const decide = async (...args: string[]) => {
        const done = await vitals(['model', ...args, '--lake', lake, '--who', 'ana']);
        expect(done).toMatchObject({ code: 0 });
      };
      await decide('register', join(folder, ids[0]!), '--promote');
      await decide('register', join(folder, ids[1]!));

      const source = ['--source', `file:${landing}`, '--workers', '2', '--batch-seconds', '0.2'];
      const run = startVitals(['run', ...source, '--lake', lake, '--model', 'champion', '--json']);
      let said = '';
      run.stderr!.on('data', (text: Buffer) => (said += text.toString()));
      const until = async (condition: () => Promise<boolean> | boolean) => {
        const deadline = Date.now() + WITHIN_MILLIS;
        while (!(await condition())) {
          if (Date.now() > deadline) throw new Error(`it did not come: ${said}`);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      const rows = async () => {
        const session = await openQuerySession(await openLakeSnapshot(lake));
        const counted = (await session.all(COUNTS)) as unknown as { readonly model_id: string; readonly n: number }[];
        await session.close();
        return counted;
      };
      const committed = async () => (await rows()).reduce((sum, { n }) => sum + n, 0);

      await land(landing, 'a');
      await until(async () => (await committed()) === ROWS);
      await decide('promote', ids[1]!);
      await until(() => said.includes(`${ids[1]} scores from here on`));
      await land(landing, 'b');
      await until(async () => (await committed()) === 2 * ROWS);
      await decide('rollback');
      await until(() => said.includes(`${ids[0]} scores from here on`));
      await land(landing, 'c');
      await until(async () => (await committed()) === 3 * ROWS);
      run.kill('SIGINT');
      expect((await finished(run)).code).toBe(0);

      expect(await rows()).toEqual([
        { model_id: ids[0], n: ROWS },
        { model_id: ids[1], n: ROWS },
        { model_id: ids[0], n: ROWS },
      ]);
      const audit = JSON.parse((await vitals(['audit', '--lake', lake, '--json'])).stdout) as { readonly ok: boolean };
      expect(audit.ok).toBe(true);
    });
  }, 120_000);
});

const COUNTS = `SELECT model_id, COUNT(*)::INT AS n FROM silver.patient_vitals GROUP BY batch, model_id ORDER BY batch`;
