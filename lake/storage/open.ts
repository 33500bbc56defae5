import { ConfigurationError } from '../../schema/errors.js';
import { GcsStorage } from './gcs.js';
import { isGcsUrl } from './gcs-url.js';
import { LocalStorage } from './local.js';
import type { Storage } from './storage.js';

/**
 * The storage that a `--lake` names: a folder, or `gs://bucket/prefix`. Nothing is asked of it yet.
 *
 * Throws a {@link ConfigurationError} for a scheme that is not supported and for a URL that names no bucket.
 */
export function openStorage(root: string | Storage): Storage {
  if (typeof root !== 'string') return root;
  if (isGcsUrl(root)) return new GcsStorage(root);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(root)) {
    throw new ConfigurationError(
      '--lake',
      `${root} is neither a folder nor a bucket`,
      'Name a folder, or gs://BUCKET/PREFIX',
    );
  }
  return new LocalStorage(root);
}
