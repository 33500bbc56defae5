import { MEASURED } from './measured.js';
import type { Rates } from './rates.js';
import { DATAFLOW_MACHINE, type Sizing } from './sizing.js';
import { DAY_SECONDS, GIB, MONTH_SECONDS, monthly, type Usage } from './usage-line.js';
import type { Workload } from './workload.js';

/** The job of terraform/modules/orchestration, and how long it runs a day: assumed. */
const MAINTENANCE = { vcpus: 2, memoryGib: 8, hoursADay: 1 } as const;
/** What is read goes through Streaming Engine once, and again where the graph groups by patient. */
const STREAMED_TIMES = 2;

/** Processors and memory: the worker pool, the maintenance job and, with Dataflow, its workers. */
export function computeUsage(load: Workload, { readings }: Rates, sizing: Sizing): readonly Usage[] {
  const name = load.engine === 'direct' ? 'engine' : 'committer';
  const jobSeconds = (MAINTENANCE.hoursADay * 3_600 * MONTH_SECONDS) / DAY_SECONDS;
  const part = 'Compute';
  const run: Usage[] = [
    { part, item: `${name}, vCPU`, price: 'pool_vcpu_second', quantity: sizing.vcpus * MONTH_SECONDS },
    { part, item: `${name}, memory`, price: 'pool_gib_second', quantity: sizing.memoryGib * MONTH_SECONDS },
    { part, item: 'maintenance, vCPU', price: 'job_vcpu_second', quantity: MAINTENANCE.vcpus * jobSeconds },
    { part, item: 'maintenance, memory', price: 'job_gib_second', quantity: MAINTENANCE.memoryGib * jobSeconds },
  ];
  if (load.engine === 'direct') return run;
  const hours = (sizing.dataflowWorkers * MONTH_SECONDS) / 3_600;
  const { vcpus, memoryGib, diskGib } = DATAFLOW_MACHINE;
  const streamed = (STREAMED_TIMES * monthly(readings * MEASURED.messageBytes)) / GIB;
  return [
    ...run,
    { part, item: 'Dataflow workers, vCPU', price: 'dataflow_vcpu_hour', quantity: hours * vcpus },
    { part, item: 'Dataflow workers, memory', price: 'dataflow_gib_hour', quantity: hours * memoryGib },
    { part, item: 'Dataflow workers, disk', price: 'dataflow_disk_gib_hour', quantity: hours * diskGib },
    { part, item: 'Streaming Engine', price: 'dataflow_streaming_gib', quantity: streamed },
  ];
}
