import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isGcsUrl, parseGcsUrl } from '../../lake/storage/gcs-url.js';
import { openStorage } from '../../lake/storage/open.js';
import type { Storage } from '../../lake/storage/storage.js';
import { ConfigurationError } from '../../schema/errors.js';
import type { LoadSource } from './load-job.js';

/** Where a file waits for BigQuery to read it. */
export interface Staging {
  /** What a job is told to read. */
  put(file: string, jobId: string): Promise<LoadSource>;
  /** Removes whatever was put for a job, also by a run that was killed. */
  clear(jobId: string): Promise<void>;
}

/** Below the staging bucket's prefix, or the lake's. */
const FOLDER = '_load/';

/**
 * A lake in a bucket, or a staging bucket, has BigQuery read from there; else the file is uploaded with its job.
 *
 * @param staging `gs://BUCKET/PREFIX`, in a region that BigQuery may read from (the datasets' own)
 * @throws ConfigurationError for a staging place that is no bucket
 */
export function openStaging(lake: string, staging: string | null): Staging {
  if (staging !== null && !isBucket(staging)) {
    throw new ConfigurationError('--staging', `${staging} is no bucket`, 'Give gs://BUCKET or gs://BUCKET/PREFIX.');
  }
  const place = staging ?? (isGcsUrl(lake) ? lake : null);
  return place === null ? UPLOADED : inBucket(openStorage(place));
}

function isBucket(text: string): boolean {
  try {
    return isGcsUrl(text) && parseGcsUrl(text).bucket !== '';
  } catch {
    return false;
  }
}

const UPLOADED: Staging = {
  put: (file) => Promise.resolve({ file }),
  clear: () => Promise.resolve(),
};

function inBucket(storage: Storage): Staging {
  return {
    async put(file, jobId) {
      const bytes = await readFile(file);
      // A run that was killed may have left another file for the same job; objects never change.
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
      const path = `${FOLDER}${jobId}/${hash}.parquet`;
      await storage.putIfAbsent(path, bytes);
      return { uris: [`${storage.root}/${path}`] };
    },
    async clear(jobId) {
      for (const path of await storage.list(`${FOLDER}${jobId}/`)) await storage.delete(path);
    },
  };
}
