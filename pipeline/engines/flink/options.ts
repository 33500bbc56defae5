/** Which cluster runs the jobs. */
export type ClusterChoice =
  | { readonly kind: 'attach'; readonly jobServer: string }
  | { readonly kind: 'embedded' }
  | { readonly kind: 'standalone'; readonly taskManagers: number };

/** What the Flink engine is set to, beyond what every engine of micro-batches is. */
export interface FlinkOptions {
  readonly cluster: ClusterChoice;
  /** Worker processes of a job, which run its tasks side by side. A standalone cluster has one for each task manager. */
  readonly workers: number;
  /** Batches whose jobs may run at the same time: hides the fixed time of a job. */
  readonly depth: number;
  /** Times that a batch's job is submitted before the run gives up. */
  readonly attempts: number;
  /** Folder for the logs of the Java processes; null keeps them in a temporary one, and only when a run has failed. */
  readonly logFolder: string | null;
  /** What has happened to the cluster and its jobs: one line an event, never a row. */
  readonly log: (event: string) => void;
  /** Hears of the cluster once it is opened: a test ends its processes. */
  readonly onOpen?: (handles: FlinkHandles) => void;
}

/** What a test needs to do harm. */
export interface FlinkHandles {
  /** Java processes by name. */
  pids(): Promise<Readonly<Record<string, number>>>;
  /** Worker processes that are at work. */
  workerPids(): readonly number[];
}

/** A process that ends costs one attempt, a fault of the program all of them. */
export const DEFAULT_ATTEMPTS = 8;
/** A fixed second a job against about a second of work: two jobs side by side keep two processors busy. */
export const DEFAULT_DEPTH = 3;
