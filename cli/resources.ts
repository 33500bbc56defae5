import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { encodeModelFolder } from '../model/model-folder.js';
import type { BatchVersions } from '../lake/manifest.js';
import type { GraphOptions } from '../pipeline/graph.js';
import type { ShareResources } from '../pipeline/engines/micro-batch/share.js';
import { RULE_VERSION } from '../schema/index.js';
import { ConfigurationError } from '../schema/errors.js';
import { readModelFolder } from './model-files.js';
import { readPseudonymKey } from './pseudonym-key-file.js';

/** Flags that say what the stages of the graph are set to. */
export interface GraphFlags {
  readonly model: string | undefined;
  readonly patients: string | undefined;
  readonly 'pseudonym-key-file': string | undefined;
  readonly timezone: string | undefined;
}

export interface GraphSetting {
  readonly graph: GraphOptions;
  readonly resources: ShareResources;
  readonly versions: BatchVersions;
}

/**
 * Reads patients, model and key, and names them by their content.
 *
 * @param checkClock hold event times against the clock (live data), or not (recorded data)
 * @throws ConfigurationError for a file that cannot be read or is not what it should be
 */
export async function settingOf(flags: GraphFlags, checkClock: boolean): Promise<GraphSetting> {
  const pseudonymKey = await readPseudonymKey(flags['pseudonym-key-file']);
  const patients = flags.patients === undefined ? null : await readPatients(flags.patients);
  const model = flags.model === undefined ? null : readModelFolder(flags.model);
  const patientsHash = patients === null ? null : sha256(patients);
  const keyHash = sha256(pseudonymKey);
  const timezone = flags.timezone ?? null;
  return {
    graph: {
      decode: { timezone },
      cleanse: { checkClock },
      pseudonym: `pseudonym:${keyHash}`,
      patients: `patients:${patientsHash ?? 'none'}`,
      model: model === null ? null : `model:${model.id}`,
      ruleVersion: RULE_VERSION,
    },
    resources: { pseudonymKey, patients, model: model === null ? null : encodeModelFolder(model) },
    versions: {
      rules: RULE_VERSION,
      model_id: model?.id ?? null,
      patients: patientsHash,
      pseudonym_key: keyHash,
      timezone,
      check_clock: checkClock,
    },
  };
}

async function readPatients(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigurationError(
      '--patients',
      `${file} cannot be read (${cause.code ?? cause.message})`,
      'Name a file that vitals simulate --patients-out has written.',
    );
  });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
