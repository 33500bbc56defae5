import type { AnomalyModel } from '../../model/model.js';
import { requireStreamModel } from '../../model/stream-model.js';
import { parsePatients } from '../../pipeline/patients-file.js';
import { ConfigurationError } from '../../schema/errors.js';
import { makePatientDirectory, NO_PATIENTS, type PatientDirectory } from '../../transforms/patients.js';
import { readFile } from 'node:fs/promises';
import { readModelFolder } from '../model-files.js';

/**
 * The model that `--model` names, or none with `--no-model` (yargs: false). Never none by oversight: a missing anomaly
 * score must be asked for.
 *
 * @throws ConfigurationError without either flag, for a folder that is no model, or for one of other features
 */
export function modelOf(flag: string | boolean | undefined): AnomalyModel | null {
  if (flag === false) return null;
  if (typeof flag !== 'string' || flag === '') {
    throw new ConfigurationError(
      '--model',
      'no model was named',
      'Name a folder that vitals model train has written, or leave the anomaly out with --no-model.',
    );
  }
  const model = readModelFolder(flag);
  requireStreamModel(model);
  return model;
}

/**
 * The people and stays of `--patients`, by their ids on the wire.
 *
 * @throws ConfigurationError for a file that cannot be read, or naming the line that is wrong
 */
export async function patientsOf(file: string | undefined): Promise<PatientDirectory> {
  if (file === undefined) return NO_PATIENTS;
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const problem = `${file} cannot be read (${error.code ?? error.message})`;
    throw new ConfigurationError('--patients', problem, 'Name a file that vitals simulate --patients-out has written.');
  });
  return makePatientDirectory(parsePatients(bytes, (sourceId) => sourceId));
}
