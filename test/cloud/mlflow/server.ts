import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A real MLflow server on loopback, over SQLite and a folder. */
export interface MlflowServer {
  readonly url: string;
  /** Where it keeps artefacts. */
  readonly artifacts: string;
  stop(): Promise<void>;
}

/** A first start makes the tables of its database. */
const START_MILLIS = 120_000;

/** Settings under which no MLflow process looks for anything beyond this machine. */
export const OFFLINE = { MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true', PYTHONWARNINGS: 'ignore' };

/** Starts a server whose files are in `folder`, and waits until it answers. */
export async function startMlflow(python: string, folder: string): Promise<MlflowServer> {
  const artifacts = join(folder, 'artifacts');
  const url = `http://127.0.0.1:${await freePort()}`;
  const log = join(folder, 'server.txt');
  const out = openSync(log, 'a');
  const store = ['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`, '--artifacts-destination', artifacts];
  const where = ['--host', '127.0.0.1', '--port', new URL(url).port, '--workers', '1'];
  // A group of its own: the server is a parent of the process that answers.
  const child = spawn(python, ['-m', 'mlflow', 'server', ...where, ...store], {
    stdio: ['ignore', out, out],
    env: { PATH: process.env['PATH'], HOME: folder, ...OFFLINE },
    cwd: folder,
    detached: true,
  });
  closeSync(out);
  const stop = () => end(child);
  try {
    await answering(url, child);
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}: ${readFileSync(log, 'utf8').slice(-3_000)}`, { cause: error });
  }
  return { url, artifacts, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MILLIS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error(child.exitCode === null ? 'MLflow does not answer' : `MLflow ended with ${child.exitCode}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  process.kill(-child.pid, 'SIGTERM');
  await once(child, 'exit');
}
