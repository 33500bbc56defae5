import { open, rename, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

import { ConfigurationError } from '../schema/errors.js';
import type { PatientRow } from '../schema/tables/reference-patients.js';
import { makeFolder } from './folder.js';
import { renderPatientRow } from './patients-file.js';

/**
 * Writes `--patients-out`, whole or not at all, so that a pipeline may wait for it to appear.
 * @throws ConfigurationError when it cannot be written
 */
export async function writePatients(file: string, stays: readonly PatientRow[]): Promise<void> {
  const text = stays.map(renderPatientRow).join('');
  await orConfigurationError('--patients-out', file, async () => {
    await makeFolder(dirname(file));
    if (await isSpecial(file)) return writeFile(file, text);
    const temporary = `${file}.${process.pid}.tmp`;
    await writeFile(temporary, text);
    await rename(temporary, file);
  });
}

/** Opens `--labels` for writing, empty. @throws ConfigurationError when it cannot be written */
export async function openLabels(file: string): Promise<FileHandle> {
  return orConfigurationError('--labels', file, async () => {
    await makeFolder(dirname(file));
    return open(file, 'w');
  });
}

/** A device such as /dev/stdout must be written to, never replaced. */
async function isSpecial(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found !== null && !found.isFile();
}

async function orConfigurationError<T>(flag: string, file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      flag,
      `cannot write ${file} (${reason})`,
      'Name a file in a folder that you may write.',
    );
  }
}
