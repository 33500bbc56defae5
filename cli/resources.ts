import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { encodeModelFolder } from '../model/model-folder.js';
import { RULE_VERSION } from '../schema/index.js';
import { ConfigurationError } from '../schema/errors.js';
import { CHAMPION, championOf } from './champion.js';
import type { GraphSetting } from './graph-setting.js';
import { readModelFolder } from './model-files.js';
import { readPseudonymKey } from './pseudonym-key-file.js';
import { namedModel, NO_MODELS, withModels, type ScoringModels } from './scoring-models.js';

/** Flags that say what the stages of the graph are set to. */
export interface GraphFlags {
  readonly model: string | undefined;
  readonly patients: string | undefined;
  readonly 'pseudonym-key-file': string | undefined;
  readonly timezone: string | undefined;
}

/**
 * Reads patients, model and key, and names them by their content.
 *
 * @param checkClock hold event times against the clock (live data), or not (recorded data)
 * @param lake whose champion `--model champion` is
 * @throws ConfigurationError for a file that cannot be read or is not what it should be
 */
export async function settingOf(flags: GraphFlags, checkClock: boolean, lake?: string): Promise<GraphSetting> {
  const pseudonymKey = await readPseudonymKey(flags['pseudonym-key-file']);
  const patients = flags.patients === undefined ? null : await readPatients(flags.patients);
  const models = await modelsOf(flags.model, lake);
  const patientsHash = patients === null ? null : sha256(patients);
  const keyHash = sha256(pseudonymKey);
  const timezone = flags.timezone ?? null;
  const setting: GraphSetting = {
    graph: {
      decode: { timezone },
      cleanse: { checkClock },
      pseudonym: `pseudonym:${keyHash}`,
      patients: `patients:${patientsHash ?? 'none'}`,
      model: null,
      ruleVersion: RULE_VERSION,
    },
    resources: { pseudonymKey, patients, model: null },
    versions: {
      rules: RULE_VERSION,
      model_id: null,
      patients: patientsHash,
      pseudonym_key: keyHash,
      timezone,
      check_clock: checkClock,
    },
  };
  return withModels(setting, models);
}

async function modelsOf(model: string | undefined, lake: string | undefined): Promise<ScoringModels> {
  if (model === undefined) return NO_MODELS;
  if (model === CHAMPION) return championOf(lake);
  return { model: namedModel(encodeModelFolder(readModelFolder(model)), model), challenger: null };
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
