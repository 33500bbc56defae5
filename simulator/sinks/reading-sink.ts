import type { DialectName } from '../dialects/dialect.js';

/** What the messages of a chunk are: all of one dialect, or each of its own, in their order. */
export type MessageDialects = DialectName | readonly DialectName[];

/**
 * Where simulated messages go, in order of arrival: each with a line feed behind it, whatever its dialect. JSON is NDJSON then;
 * an HL7 v2 message, whose segments end with CR, holds no line feed of its own.
 */
export interface ReadingSink {
  /** Whether the reader has gone away: nothing more need be written. */
  readonly ended: boolean;
  /** Files that have appeared; 0 for a stream. */
  readonly files: number;
  /**
   * Appends whole lines to the file of an arrival time, which opens with the first of them.
   * @param bytes may be used again once the promise is kept
   * @param dialects JSON v1 where it is left out
   */
  write(bytes: Uint8Array, arrivalFrom: number, dialects?: MessageDialects): Promise<void>;
  /** Makes the open file, if any, appear. */
  endFile(): Promise<void>;
  /** Ends the open file and removes what is temporary. */
  close(): Promise<void>;
}
