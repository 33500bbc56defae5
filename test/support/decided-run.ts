import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeModelFolder } from '../../cli/model-files.js';
import { openLakeSnapshot } from '../../lake/reader.js';
import { decodeModelFolder } from '../../model/model-folder.js';
import { openQuerySession } from '../../query/session.js';
import { smallForest } from './forests.js';
import { finished, startVitals, vitals, withFolder } from './vitals.js';
import { wire } from './wire-reading.js';

/** Readings of each file that lands: one before the promotion, one after it, one after the rollback. */
export const DECIDED_ROWS = 20;

interface Counted {
  readonly model_id: string;
  readonly n: number;
}

/** What came of a run in which the champion changed twice. */
export interface DecidedRun {
  /** Of the first champion, and of the one that was promoted and rolled back. */
  readonly models: readonly [first: string, second: string];
  /** Rows of silver, a batch each. */
  readonly batches: readonly Counted[];
  readonly audit: { readonly ok: boolean };
}

const COUNTS = `SELECT model_id, COUNT(*)::INT AS n FROM silver.patient_vitals GROUP BY batch, model_id ORDER BY batch`;

/**
 * Runs `vitals run --model champion` on a folder while the champion is promoted and rolled back from the shell.
 *
 * @param engine flags of the engine
 * @param withinMillis how long each step may take
 */
export function runWhileDeciding(engine: readonly string[], withinMillis: number): Promise<DecidedRun> {
  return withFolder(async (folder) => {
    const [lake, landing] = [join(folder, 'lake'), join(folder, 'landing')];
    await mkdir(landing);
    const [first, second] = [modelIn(folder, 1), modelIn(folder, 2)];
    await decide(lake, 'register', join(folder, first), '--promote');
    await decide(lake, 'register', join(folder, second));

    const source = ['--source', `file:${landing}`, '--batch-seconds', '0.2'];
    const run = startVitals(['run', ...source, '--lake', lake, '--model', 'champion', '--json', ...engine]);
    let said = '';
    run.stderr!.on('data', (text: Buffer) => (said += text.toString()));
    const until = async (condition: () => Promise<boolean> | boolean) => {
      const deadline = Date.now() + withinMillis;
      while (!(await condition())) {
        if (Date.now() > deadline || run.exitCode !== null) throw new Error(`it did not come: ${said}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const landed = async (name: string, files: number) => {
      await land(landing, name);
      await until(async () => (await batchesOf(lake)).reduce((sum, { n }) => sum + n, 0) === files * DECIDED_ROWS);
    };
    try {
      await landed('a', 1);
      await decide(lake, 'promote', second);
      await until(() => said.includes(`${second} scores from here on`));
      await landed('b', 2);
      await decide(lake, 'rollback');
      await until(() => said.includes(`${first} scores from here on`));
      await landed('c', 3);
    } finally {
      run.kill('SIGINT');
    }
    const { code } = await finished(run);
    if (code !== 0) throw new Error(`the run ended with ${code}: ${said}`);
    const audit = JSON.parse((await vitals(['audit', '--lake', lake, '--json'])).stdout) as DecidedRun['audit'];
    return { models: [first, second], batches: await batchesOf(lake), audit };
  });
}

/** Writes a model's folder, and names it by its id. */
function modelIn(folder: string, seed: number): string {
  const { id, files } = smallForest(seed);
  writeModelFolder(join(folder, id), decodeModelFolder(files, id));
  return id;
}

async function decide(lake: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await vitals(['model', ...args, '--lake', lake, '--who', 'ana']);
  if (code !== 0) throw new Error(stderr);
}

/** Puts a file of readings of its own patients into the landing folder, as a publisher does. */
async function land(folder: string, name: string): Promise<void> {
  const lines = Array.from({ length: DECIDED_ROWS }, (_, i) => wire({ patient: `${name}-${i % 5}`, sequence: i + 1 }));
  await writeFile(join(folder, `.${name}`), lines.join('\n') + '\n');
  await rename(join(folder, `.${name}`), join(folder, `${name}.ndjson`));
}

async function batchesOf(lake: string): Promise<Counted[]> {
  const session = await openQuerySession(await openLakeSnapshot(lake));
  try {
    return (await session.all(COUNTS)) as unknown as Counted[];
  } finally {
    await session.close();
  }
}
