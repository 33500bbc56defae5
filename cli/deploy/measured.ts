/**
 * What was measured here, for the cost model. An hour of 200 patients at a reading a second (723,596 messages), with a
 * model, drained by `vitals run --once`: docs/costs.md has the commands, test/cli/deploy/measured.test.ts measures
 * a smaller run again and fails when these are no longer true.
 */
export const MEASURED = {
  /** Bytes of a message of JSON v1, as `vitals simulate` writes it. */
  messageBytes: 336,
  /** Bytes of Parquet for a reading: files as one batch of 20,000 writes them, which is what merged files come to. */
  lakeBytesPerReading: { bronze: 134.6, silver: 96.0 },
  /** Bytes of Parquet of a row of gold. */
  lakeBytesPerRow: { summary: 77, hourly: 29, alert: 57, wardAlert: 99 },
  /** Bytes that BigQuery bills for a row: 8 a number or time, 1 a boolean, 2 + length a text, nothing for a null. */
  logicalBytesPerRow: { bronze: 453, silver: 398, summary: 399, hourly: 140, alert: 256, wardAlert: 92 },
  /** Alerts of a reading; of simulated patients, whose episodes are more frequent than a ward's. */
  alertsPerReading: 0.123,
  /** Vital signs that a patient has in an hour: rows of gold.vitals_hourly in one firing. */
  vitalsPerPatient: 7.5,
  /** Dead letters of a message (the simulator spoils 0.2%). */
  rejectsPerReading: 0.002,
} as const;

/** Seconds of CPU of a reading in the direct engine, graph and commit together: the upper end of docs/benchmarks.md. */
export const CPU_SECONDS_PER_READING = 125e-6;

/**
 * Bytes that Pub/Sub counts beside the payload: attributes dialect and version (19), the time (20), an id (16) and the
 * ordering key, a patient (about 8).
 */
export const MESSAGE_OVERHEAD_BYTES = 63;

/** Seconds between firings of the panes: pipeline/engines/micro-batch/firing.ts. */
export const FIRING_SECONDS = { summary: 10, hourly: 60 } as const;

/** Times that compaction rewrites a byte: size classes of lake/plan-merges.ts. */
export const REWRITES = 4;
