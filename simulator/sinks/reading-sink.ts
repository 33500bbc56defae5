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
