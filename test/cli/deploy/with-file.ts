import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../../support/vitals.js';

/** Lends a file of this text. */
export function withFile<T>(text: string, work: (file: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    const file = join(folder, 'file.json');
    await writeFile(file, text);
    return work(file);
  });
}
