import { readMessages } from '../../lake/frozen-batch.js';
import { LakeError } from '../../lake/lake-error.js';
import { ManifestReader } from '../../lake/manifest-reader.js';
import type { Manifest } from '../../lake/manifest.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import { openStorage } from '../../lake/storage/open.js';
import type { Storage } from '../../lake/storage/storage.js';
import type { ReplaySample } from '../../query/audit/i7-hashes.js';
import { BRONZE_PATIENT_VITALS } from '../../schema/tables/bronze-patient-vitals.js';
import { qualifiedName } from '../../schema/column.js';
import { runGraph } from '../engines/direct/run-graph.js';
import { provideShareResources } from '../engines/micro-batch/share-resources.js';
import { restoreVersions, type RunSetting } from '../engines/micro-batch/version-store.js';
import { ReplayComparison } from './compare-replay.js';

/** Batches that a sample holds at most, and the messages after which it takes no further one. */
const SAMPLE_BATCHES = 3;
const SAMPLE_MESSAGES = 60_000;
/** Manifests looked at to find batches that hold something: older ones are folded away. */
const RECENT = 64;

/**
 * Runs batches of bronze through the graph again, with the model, patients and settings that they were frozen with, and
 * compares the rows with silver and the dead letters (I7). Takes the newest batches that hold messages.
 *
 * Reads only. What cannot be replayed here (another program version, another pseudonym key) is left out, and said.
 */
export function replaySampleOf(setting: RunSetting): ReplaySample {
  return async (snapshot) => {
    if (snapshot.manifest === null) return { compared: 0, problem: null, left: 'nothing to replay' };
    const left = obstacle(setting, snapshot.manifest);
    if (left !== null) return { compared: 0, problem: null, left };
    const storage = openStorage(snapshot.root);
    const comparison = await ReplayComparison.open(snapshot);
    try {
      let compared = 0;
      for (const manifest of await recentBatches(storage, snapshot.sequence)) {
        const outcome = await replay(storage, snapshot, setting, manifest);
        const problem = await comparison.problemOf(manifest.sequence, outcome);
        if (problem !== null) return { compared, problem, left: null };
        compared += outcome.scored.reduce((sum, block) => sum + block.length, 0) + outcome.rejects.length;
      }
      return { compared, problem: null, left: null };
    } finally {
      await comparison.close();
    }
  };
}

function obstacle({ versions }: RunSetting, { versions: then }: Manifest): string | null {
  if (then.rules !== versions.rules) return `not replayed: the newest batch was made by rules ${then.rules}`;
  if (then.pseudonym_key !== versions.pseudonym_key) return 'not replayed: name the key with --pseudonym-key-file';
  return null;
}

async function recentBatches(storage: Storage, newest: number): Promise<Manifest[]> {
  const reader = new ManifestReader(storage);
  const chosen: Manifest[] = [];
  let messages = 0;
  for (let sequence = newest; sequence > Math.max(0, newest - RECENT); sequence -= 1) {
    const found = await reader.at(sequence).catch((error: unknown) => {
      if (error instanceof LakeError && error.code === 'GONE') return null;
      throw error;
    });
    if (!found?.manifest) break;
    if (found.manifest.counts.messages === 0) continue;
    chosen.push(found.manifest);
    messages += found.manifest.counts.messages;
    if (chosen.length === SAMPLE_BATCHES || messages >= SAMPLE_MESSAGES) break;
  }
  return chosen;
}

async function replay(storage: Storage, snapshot: LakeSnapshot, setting: RunSetting, manifest: Manifest) {
  const { sequence } = manifest;
  const files = snapshot.tables.get(qualifiedName(BRONZE_PATIENT_VITALS))?.files ?? [];
  const holding = files.filter((file) => {
    const [first, last] = file.stats['batch'] ?? [-Infinity, Infinity];
    return first <= sequence && last >= sequence;
  });
  const messages = await readMessages(storage, holding, sequence, manifest.counts.messages);
  const then = await restoreVersions(storage, setting, manifest.versions);
  provideShareResources(then);
  return runGraph(messages, { ...then.graph, ruleVersion: manifest.versions.rules });
}
