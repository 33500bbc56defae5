import { connect } from 'node:net';
import { ConfigurationError } from '../../../../schema/errors.js';
import type { FlinkCluster } from './cluster.js';

/** Milliseconds to wait for a job server to take a connection. */
const CONNECT_MILLIS = 5_000;

/**
 * A job server, and a cluster behind it, that somebody else runs, on this machine: the workers are processes of this run,
 * reached over the loopback address, and read and write the lake by the same path.
 *
 * @throws ConfigurationError when nothing listens at the address
 */
export async function attachToCluster(jobServer: string, parallelism: number): Promise<FlinkCluster> {
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(jobServer) ?? [];
  const problem = port === '' ? 'is not host:port' : await refusal(host, Number(port));
  if (problem !== null) {
    throw new ConfigurationError(
      '--flink-job-server',
      `${jobServer} ${problem}`,
      'Name the host:port of a Beam job server.',
    );
  }
  return {
    name: jobServer,
    parallelism,
    pipelineOptions: { parallelism, sdkWorkerParallelism: parallelism },
    jobServer: async () => jobServer,
    pids: async () => ({}),
    cancelJobs: async () => {},
    close: async () => {},
  };
}

function refusal(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_MILLIS });
    const end = (problem: string | null) => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end('does not answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(`does not answer (${error.code ?? error.message})`));
  });
}
