import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from './free-port.js';
import { installEngine } from './program.js';
import { waitFor } from './wait-for.js';

/** A Prism of a test's own. */
export interface Prism {
  /** host:port of its job service. */
  readonly jobEndpoint: string;
  readonly pid: number;
  /** What it has said so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Where Prism is, or why it is not: for `describe.skip` with the reason. */
export const PRISM = installEngine('prism');

/** Starts Prism on a free port and waits until it answers. */
export async function startPrism(): Promise<Prism> {
  if ('absent' in PRISM) throw new Error(PRISM.absent);
  const port = await freePort();
  const child = spawn(PRISM.path, [`--job_port=${port}`, '--serve_http=false', '--log_kind=text', '--log_level=warn'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-100_000));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await waitFor('Prism answers', () => answers(port));
  return {
    jobEndpoint: `127.0.0.1:${port}`,
    pid: child.pid as number,
    output: () => said,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
