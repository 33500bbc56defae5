import type { WorkerSetup } from '../../../beam/portable/worker-setup.js';

/** What a Dataflow job is asked for; checked by checkOptions before anything is built or sent. */
export interface DataflowOptions {
  readonly project: string;
  readonly region: string;
  /** Only one active job of a region may have a name; an update keeps it. */
  readonly jobName: string;
  /** `gs://` folder for what the service spills. */
  readonly tempLocation: string;
  /** `gs://` folder for the pipeline file. */
  readonly stagingLocation: string;
  /** By digest, so that every worker of a job, today's and next week's, runs the same code. */
  readonly workerImage: string;
  readonly maxWorkers: number;
  /** Workers to start with; the service decides when null. */
  readonly numWorkers: number | null;
  readonly machineType: string | null;
  readonly serviceAccount: string | null;
  /** `regions/R/subnetworks/S`, or the full URL of a shared one; the project's default network when null. */
  readonly subnetwork: string | null;
  readonly publicIps: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** What a worker does before its first bundle (worker-resources.ts); it stands in the request: never a secret. */
  readonly workerSetup: WorkerSetup;
}

/** The part of the options that says which job, for drain and cancel. */
export type JobPlace = Pick<DataflowOptions, 'project' | 'region'>;
