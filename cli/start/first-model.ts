import { stat } from 'node:fs/promises';
import { STREAM_FEATURES } from '../../model/features.js';
import type { Patient } from '../../simulator/patients.js';
import { codeVersion } from '../code-version.js';
import { writeModelFolder } from '../model-files.js';
import { simulatedSet } from '../training/simulated-set.js';
import { trainOnSet } from '../training/train-set.js';

/** Simulated history that the first model is trained on: two days at a reading every half hour, 500 patients. */
const HISTORY = { patients: 500, days: 2, intervalMs: 1_800_000 } as const;
const DAY_MILLIS = 86_400_000;
/** A history of its own: never the stream that is scored. */
const HISTORY_SEED = 'first-model';
const FOREST_SEED = 42;

/**
 * Trains a forest on simulated history, unless the folder holds a model. The history comes from the same generator as
 * the stream, so its figures say nothing about real patients; it passes the same decode, cleanse and features.
 *
 * @param before the history ends here, epoch ms
 * @returns seconds it took, null when there was a model
 */
export async function ensureFirstModel(
  folder: string,
  people: readonly Patient[],
  seed: string,
  before: number,
): Promise<number | null> {
  if (await stat(folder).catch(() => null)) return null;
  const started = performance.now();
  const history = {
    people: people.slice(0, HISTORY.patients),
    seed: `${seed}/${HISTORY_SEED}`,
    from: before - HISTORY.days * DAY_MILLIS,
    to: before,
    intervalMs: HISTORY.intervalMs,
    source: 'simulated history',
  };
  const set = { ...simulatedSet(history, STREAM_FEATURES), labels: null };
  const model = await trainOnSet('forest', set, { seed: FOREST_SEED, codeVersion: codeVersion() }, null);
  await writeModelFolder(folder, model);
  return (performance.now() - started) / 1000;
}
