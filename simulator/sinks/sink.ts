import { ConfigurationError } from '../../schema/errors.js';
import { openLandingFolder } from './landing-folder.js';
import { openStandardOutput } from './standard-output.js';

/** Where simulated messages go: NDJSON, in order of arrival. */
export interface ReadingSink {
  /** Whether the reader has gone away: nothing more need be written. */
  readonly ended: boolean;
  /** Files that have appeared; 0 for a stream. */
  readonly files: number;
  /**
   * Appends whole lines to the file of an arrival time, which opens with the first of them.
   * @param bytes may be used again once the promise is kept
   */
  write(bytes: Uint8Array, arrivalFrom: number): Promise<void>;
  /** Makes the open file, if any, appear. */
  endFile(): Promise<void>;
  /** Ends the open file and removes what is temporary. */
  close(): Promise<void>;
}

/**
 * Opens `file:DIR` (landing-folder.ts) or `-` (standard output).
 * @throws ConfigurationError for any other URL, and for a folder that cannot be written
 */
export async function openSink(url: string): Promise<ReadingSink> {
  if (url === '-') return openStandardOutput();
  if (/^file:./.test(url)) return openLandingFolder(url.replace(/^file:(\/\/(?=\/))?/, ''));
  throw new ConfigurationError(
    '--sink',
    `"${url}" is not a sink`,
    'Use file:DIR for a folder, or - for standard output.',
  );
}
