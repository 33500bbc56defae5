import { ConfigurationError } from '../../../schema/errors.js';
import type { GraphOptions } from '../../graph.js';

/** What an unbounded job is set to; plain JSON, because it travels with the graph to the workers. */
export interface StreamingOptions {
  /** Where the lake lies, as the workers reach it: a folder that all of them share, or `gs://bucket/prefix`. */
  readonly lake: string;
  /** Name of the job: its landing and pane files lie under `_stream/<job>/`. */
  readonly job: string;
  readonly graph: GraphOptions;
  /** Processing time from the first element of a pane to its early firing, milliseconds. */
  readonly earlyMillis: number;
  /** How long after its end a window still takes elements, milliseconds of event time; what is older the committer runs. */
  readonly latenessMillis: number;
}

/** Soon enough for an alert, rare enough that a pane holds more than a few readings. */
export const DEFAULT_EARLY_MILLIS = 2_000;
/** The lateness horizon of the project: an hour (docs/architecture.md). */
export const DEFAULT_LATENESS_MILLIS = 3_600_000;

const JOB_NAME = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** @throws ConfigurationError when a name cannot be that of a job (Dataflow's rule, and safe in a path) */
export function checkJobName(name: string): string {
  if (JOB_NAME.test(name)) return name;
  throw new ConfigurationError(
    '--job-name',
    `${name} is not the name of a job`,
    'Use up to 63 lower-case letters, digits and hyphens, a letter first.',
  );
}
