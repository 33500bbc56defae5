import { ConfigurationError } from '../../schema/errors.js';

/** A place in Google Cloud Storage. */
export interface GcsUrl {
  readonly bucket: string;
  /** Before every object's name: empty, or with a final slash. */
  readonly prefix: string;
  /** `gs://bucket/prefix`, without a final slash. */
  readonly url: string;
}

/** Names of buckets: 3 to 222 characters of these, beginning and ending with a letter or digit. */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

/** True for what names a bucket and not a folder. */
export function isGcsUrl(text: string): boolean {
  return /^gs:\/\//i.test(text);
}

/** Reads `gs://BUCKET/PREFIX`. Throws a {@link ConfigurationError} naming `--lake` for anything else. */
export function parseGcsUrl(text: string): GcsUrl {
  const [bucket = '', ...folders] = text.replace(/^gs:\/\//i, '').split('/');
  const path = folders.join('/').replace(/\/+$/, '');
  if (!BUCKET.test(bucket)) {
    throw new ConfigurationError('--lake', `${text} names no bucket`, 'Write gs://BUCKET or gs://BUCKET/PREFIX');
  }
  if (path !== '' && path.split('/').some((folder) => folder === '' || folder === '.' || folder === '..')) {
    throw new ConfigurationError('--lake', `${text} has a folder without a name`, 'Write gs://BUCKET/PREFIX');
  }
  // These would read as a pattern, a generation or a line break somewhere on the way.
  if (/[*?#[\]\s\\]/.test(path)) {
    throw new ConfigurationError(
      '--lake',
      `${text} has characters that do not belong in a prefix`,
      'Use letters, digits, - _ . and /',
    );
  }
  return {
    bucket,
    prefix: path === '' ? '' : `${path}/`,
    url: path === '' ? `gs://${bucket}` : `gs://${bucket}/${path}`,
  };
}
