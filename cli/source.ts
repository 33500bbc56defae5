import { resolve } from 'node:path';
import { FileSource, type FileSourceOptions } from '../pipeline/sources/file-source.js';
import type { Source } from '../pipeline/sources/source.js';
import { ConfigurationError } from '../schema/errors.js';

/** Opens the source that a URL names. @throws ConfigurationError for one that this version does not read */
export async function openSource(url: string, options: FileSourceOptions): Promise<Source> {
  if (url.startsWith('file:')) return FileSource.open(resolve(url.slice('file:'.length)), options);
  throw new ConfigurationError('--source', `${url} is of no kind that this version reads`, 'Name a folder: file:DIR.');
}
