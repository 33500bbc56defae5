import type { SubmitOptions } from '../../../../beam/portable/index.js';

/** What runs the jobs: a job server of Beam with a Flink cluster behind it. */
export interface FlinkCluster {
  /** As it stands in messages: `embedded`, `standalone`, or the address that is attached to. */
  readonly name: string;
  /** `host:port` of the job server; waits while it is started again. @throws ProgramError when it cannot be kept running */
  jobServer(): Promise<string>;
  /** Tasks of a job that run side by side. */
  readonly parallelism: number;
  /** Options that a job needs on this cluster. */
  readonly pipelineOptions: NonNullable<SubmitOptions['pipelineOptions']>;
  /** Processes that run on this machine for the cluster, by name: what a test may end. */
  pids(): Promise<Readonly<Record<string, number>>>;
  /** Ends the jobs whose names start so and that still run: those of a job server that is no more. */
  cancelJobs(prefix: string): Promise<void>;
  close(): Promise<void>;
}

/** Where the processes of a cluster write. */
export interface ClusterFolders {
  /** Deleted with the run. */
  readonly scratch: string;
  /** What the processes say. */
  readonly logs: string;
}

/** What has happened to a cluster, for the log. */
export type ClusterLog = (event: string) => void;

/** Nothing is uploaded with a job: the cluster was started with Beam's jars and this class on its class path. */
export const NO_STAGING = { pipelineResourcesDetectorFactoryClass: 'vitals.NoStaging' } as const;
