interface Ports {
  readonly rpc: number;
  readonly rest: number;
  readonly blob: number;
  readonly slots: number;
}

/**
 * `flink-conf.yaml` of a session cluster on the loopback address. A process that is started by its main class, without
 * Flink's scripts, needs every memory and cpu key.
 *
 * A job is never restarted by Flink: it is submitted again as a new attempt, which has a folder of its own for its outcome.
 */
export function flinkConfiguration({ rpc, rest, blob, slots }: Ports): string {
  const settings: Record<string, string | number> = {
    'jobmanager.rpc.address': '127.0.0.1',
    'jobmanager.rpc.port': rpc,
    'jobmanager.bind-host': '127.0.0.1',
    'jobmanager.memory.heap.size': '512m',
    'jobmanager.memory.off-heap.size': '128m',
    'jobmanager.memory.jvm-metaspace.size': '256m',
    'jobmanager.memory.jvm-overhead.min': '192m',
    'jobmanager.memory.jvm-overhead.max': '192m',
    'rest.address': '127.0.0.1',
    'rest.bind-address': '127.0.0.1',
    'rest.port': rest,
    'rest.bind-port': rest,
    'blob.server.port': blob,
    'taskmanager.host': '127.0.0.1',
    'taskmanager.bind-host': '127.0.0.1',
    'taskmanager.numberOfTaskSlots': slots,
    'taskmanager.cpu.cores': 1,
    'taskmanager.memory.framework.heap.size': '128m',
    'taskmanager.memory.task.heap.size': '384m',
    'taskmanager.memory.framework.off-heap.size': '128m',
    'taskmanager.memory.task.off-heap.size': '64m',
    'taskmanager.memory.network.min': '64m',
    'taskmanager.memory.network.max': '64m',
    'taskmanager.memory.managed.size': '128m',
    'taskmanager.memory.jvm-metaspace.size': '256m',
    'taskmanager.memory.jvm-overhead.min': '192m',
    'taskmanager.memory.jvm-overhead.max': '192m',
    // A process that has ended is noticed by calls that fail, two of them in a row; the timeouts are for one that hangs, and
    // must not take a crowded machine for that.
    'heartbeat.interval': 2_000,
    'heartbeat.timeout': 60_000,
    'akka.ask.timeout': '60 s',
    // Finished jobs are not looked at again: the manifest is what counts.
    'jobstore.max-capacity': 20,
    // Beam's classes are on the cluster's class path, and nothing is uploaded with a job.
    'classloader.resolve-order': 'parent-first',
    'restart-strategy': 'none',
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}
