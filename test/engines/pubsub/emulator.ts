import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from '../support/free-port.js';
import { installEngine } from '../support/program.js';
import { waitFor } from '../support/wait-for.js';

/** Where the emulator's jar is, or why it is not: for `describe.skip` with the reason. */
export const EMULATOR = installEngine('pubsub-emulator');

/** A real emulator of Pub/Sub on a port of its own. What it holds is in memory: a restart forgets everything. */
export class Emulator {
  #process: ChildProcess | null = null;

  private constructor(readonly port: number) {}

  /** Starts one and points PUBSUB_EMULATOR_HOST of this process, and of those that it starts, at it. */
  static async start(): Promise<Emulator> {
    const emulator = new Emulator(await freePort());
    process.env['PUBSUB_EMULATOR_HOST'] = `127.0.0.1:${emulator.port}`;
    await emulator.#launch();
    return emulator;
  }

  /** Kills it without warning and starts it on the same port, empty. */
  async restart(): Promise<void> {
    await this.stop();
    await this.#launch();
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    this.#process = null;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** Holds it still, as a broker that does not answer; {@link goOn} lets it go on. */
  hold(): void {
    this.#process?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#process?.kill('SIGCONT');
  }

  async #launch(): Promise<void> {
    if ('absent' in EMULATOR) throw new Error(EMULATOR.absent);
    const args = ['-Xmx512m', '-jar', EMULATOR.path, '--host=127.0.0.1', `--port=${this.port}`];
    const child = spawn('java', args, { stdio: 'ignore' });
    this.#process = child;
    await waitFor('the Pub/Sub emulator answers', () => accepts(this.port), { timeoutMillis: 60_000 });
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
