import { join } from 'node:path';
import type { ClusterFolders } from './cluster.js';
import { javaArguments } from './java.js';
import { Program } from './program.js';

/** Megabytes of a job server: 27 to 50 live after 100 jobs (design figures); the embedded one runs the jobs as well. */
const HEAP = { remote: 384, embedded: 1024 };

/**
 * Starts Beam's job server on a free loopback port.
 *
 * @param master `[local]` for a cluster inside the job server, else `host:port` of a cluster's REST endpoint
 * @param configFolder holds the flink-conf.yaml of a cluster that runs by itself
 */
export function startJobServer(
  master: string,
  { scratch, logs }: ClusterFolders,
  configFolder: string | null = null,
): Promise<Program> {
  const embedded = master === '[local]';
  const args = [
    '--job-host=127.0.0.1',
    '--job-port=0',
    '--artifact-port=0',
    // The graph is TypeScript from end to end: nothing is expanded.
    '--expansion-port=-1',
    `--flink-master=${master}`,
    `--artifacts-dir=${join(scratch, 'artifacts')}`,
    ...(configFolder === null ? [] : [`--flink-conf-dir=${configFolder}`]),
  ];
  return Program.start({
    name: 'the job server',
    command: 'java',
    args: javaArguments(
      'org.apache.beam.runners.flink.FlinkJobServerDriver',
      embedded ? HEAP.embedded : HEAP.remote,
      args,
    ),
    log: join(logs, 'job-server.log'),
    ready: /JobService started on \S+:(\d+)/,
  });
}

/** Where a started job server listens. */
export function addressOf(jobServer: Program): string {
  return `127.0.0.1:${jobServer.said[1]}`;
}
