import { stat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isLandingFile } from '../../pipeline/sources/landing-file.js';
import { ConfigurationError } from '../../schema/errors.js';
import { decodeFile, type DecodeFileOptions } from './decode-file.js';
import type { LineOutput } from './output.js';
import { DecodeSummary } from './summary.js';

/** What became of a file, or of those of a folder. */
export interface FileSummaries {
  readonly files: readonly { readonly file: string; readonly summary: DecodeSummary }[];
  readonly total: DecodeSummary;
}

/**
 * Decodes a file, or one after the other the files of a folder, however deep, that a landing folder would read.
 *
 * @throws ConfigurationError when a file cannot be read, or a folder holds none
 */
export async function decodeFiles(
  path: string,
  options: DecodeFileOptions,
  readings: LineOutput,
  rejects: LineOutput | null,
): Promise<FileSummaries> {
  const files: { file: string; summary: DecodeSummary }[] = [];
  const total = new DecodeSummary();
  for (const file of await filesOf(path)) {
    const summary = await decodeFile(file, options, readings, rejects);
    files.push({ file, summary });
    total.include(summary);
    if (!readings.open) break;
  }
  return { files, total };
}

async function filesOf(path: string): Promise<readonly string[]> {
  const isFolder = path !== '-' && ((await stat(path).catch(() => null))?.isDirectory() ?? false);
  if (!isFolder) return [path];
  const found = await readdir(path, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile() && isLandingFile(entry.name));
  if (files.length > 0) return files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  throw new ConfigurationError(
    'FILE',
    `${path} holds no file to decode`,
    'Name a folder with .ndjson, .csv, .json or .hl7 files.',
  );
}
