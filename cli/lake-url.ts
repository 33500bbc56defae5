import { resolve } from 'node:path';
import { isGcsUrl, parseGcsUrl } from '../lake/storage/gcs-url.js';
import { DEFAULT_FOLDER } from './options.js';

/** A `--lake` as everything below the command line has it: an absolute folder, or `gs://bucket/prefix`. Throws a ConfigurationError for a URL that is wrong. */
export function lakeUrl(lake: string): string {
  return isGcsUrl(lake) ? parseGcsUrl(lake).url : resolve(lake);
}

/** Where what belongs to a lake and must lie on this machine is kept: in the lake, or beside where it would be by default. */
export function besideLake(lake: string, name: string): string {
  return isGcsUrl(lake) ? resolve(DEFAULT_FOLDER, name) : resolve(lake, name);
}
