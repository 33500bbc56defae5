import { CPU_SECONDS_PER_READING } from './measured.js';
import { ratesOf } from './rates.js';
import type { Workload } from './workload.js';

/** The machines of a workload. */
export interface Sizing {
  /** Cores that the readings keep busy, with room: what the worker pool or Dataflow must have. */
  readonly cores: number;
  /** Worker pool of Cloud Run: the engine, or with Dataflow the committer. */
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Threads that own a share of the patients each (`vitals run --workers`). */
  readonly shares: number;
  /** Dataflow workers of two vCPUs; 0 with the direct engine. */
  readonly dataflowWorkers: number;
}

/**
 * Room for bursts, catching up after a stop, and what a shared vCPU is less than a core of the benchmark. Not measured on
 * Google Cloud.
 */
const HEADROOM = 3;
/** The portable runner passes every element through coders and a gRPC stream: assumed, not measured on Dataflow. */
const PORTABLE_FACTOR = 2;
/** What one instance of a worker pool has at most. */
const MOST_VCPUS = 8;
export const DATAFLOW_MACHINE = { name: 'n1-standard-2', vcpus: 2, memoryGib: 7.5, diskGib: 30 } as const;

/** The worker pool of terraform/modules/streaming, and Dataflow's workers. */
export function sizingOf(load: Workload): Sizing {
  const cores = coresOf(load);
  const { cpus: vcpus, memoryGib } = load;
  const dataflow = load.engine === 'dataflow';
  const workers = Math.ceil((cores * PORTABLE_FACTOR) / DATAFLOW_MACHINE.vcpus);
  return { cores, vcpus, memoryGib, shares: vcpus, dataflowWorkers: dataflow ? Math.max(1, workers) : 0 };
}

/** Cores that a workload needs, with room. */
export function coresOf(load: Workload): number {
  return ratesOf(load).readings * CPU_SECONDS_PER_READING * HEADROOM;
}

/** Readings a second beyond which one instance of the direct engine is not enough. */
export const DIRECT_LIMIT = Math.floor(MOST_VCPUS / (CPU_SECONDS_PER_READING * HEADROOM));
