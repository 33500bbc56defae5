import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Storage } from '../../lake/storage/storage.js';
import { ConfigurationError } from '../../schema/errors.js';
import { PAGE_FILES } from '../api.js';
import { Answers } from '../queries/answers.js';
import { LakeStore } from '../queries/lake-store.js';
import { PAGES_FOLDER } from '../server/static-files.js';
import { snapshotOf } from './snapshot.js';
import { snapshotScript } from './snapshot-script.js';

export interface ExportOptions {
  readonly lake: string | Storage;
  /** Where to; made when it is not there, its files of these names are replaced. */
  readonly folder: string;
  /** Epoch ms; null for now. */
  readonly asOf: number | null;
  /** Where the pages are; by default where the build puts them. */
  readonly pages?: string;
  readonly clock: () => number;
}

/** What was written. */
export interface Exported {
  /** The page to open. */
  readonly page: string;
  readonly patients: number;
  readonly alerts: number;
  /** Bytes of the snapshot. */
  readonly bytes: number;
}

/** The page of an export is the one that loads `data.js`. */
const PAGE = 'snapshot.html';

/**
 * Writes the pages and a snapshot of what they show, so that they open from disk without a server or a network. Nothing that
 * identifies a patient is in it; names of staff who acted on alerts are.
 *
 * @throws ConfigurationError when the pages are not built or the folder cannot be written; LakeError without a lake
 */
export async function exportDashboard(options: ExportOptions): Promise<Exported> {
  const { lake, folder, asOf, pages = PAGES_FOLDER, clock } = options;
  const store = new LakeStore(lake);
  try {
    await store.refresh();
    const snapshot = await snapshotOf(new Answers(store, clock), asOf, clock());
    const script = snapshotScript(snapshot);
    await copyPages(pages, folder);
    await writeWhole(join(folder, 'data.js'), script);
    return {
      page: join(folder, 'index.html'),
      patients: Object.keys(snapshot.patients).length,
      alerts: snapshot.alerts.alerts.length,
      bytes: Buffer.byteLength(script),
    };
  } finally {
    await store.close();
  }
}

async function copyPages(pages: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError('--export', `${folder} cannot be made (${error.code})`, 'Name another folder.');
  });
  for (const name of PAGE_FILES) {
    if (name === 'index.html') continue;
    const target = join(folder, name === PAGE ? 'index.html' : name);
    await copyFile(join(pages, name), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new ConfigurationError('--export', 'the pages are not built', 'Run npm run build, then export again.');
    });
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}
