import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.js';
import { installEngine } from '../support/program.js';
import { waitFor } from '../support/wait-for.js';

/** Where fake-gcs-server is, or why it is not: for `describe.skip` with the reason. */
export const FAKE_GCS = installEngine('fake-gcs');

/** A real fake-gcs-server on a free port, in a folder of its own; its objects outlive a restart. */
export class GcsServer {
  static readonly bucket = 'lake-bucket';
  #process: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<GcsServer> {
    const folder = mkdtempSync(join(tmpdir(), 'vitals-gcs-'));
    // A folder of the root is a bucket.
    mkdirSync(join(folder, GcsServer.bucket));
    const server = new GcsServer(folder, await freePort());
    await server.restart();
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What a `vitals` needs to find it, with a cache of its own. */
  environment(cache: string): NodeJS.ProcessEnv {
    // With the path that Node's own client wants; the lake takes it either way.
    return {
      STORAGE_EMULATOR_HOST: `${this.endpoint}/storage/v1`,
      METADATA_SERVER_DETECTION: 'none',
      LAKE_CACHE: cache,
    };
  }

  async restart(): Promise<void> {
    if ('absent' in FAKE_GCS) throw new Error(FAKE_GCS.absent);
    const address = ['-scheme', 'http', '-host', '127.0.0.1', '-port', String(this.port)];
    const files = ['-backend', 'filesystem', '-filesystem-root', this.folder];
    this.#process = spawn(FAKE_GCS.path, [...address, ...files, '-log-level', 'error'], { stdio: 'ignore' });
    await waitFor('fake-gcs-server answers', () => this.#answers());
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    return fetch(`${this.endpoint}/storage/v1/b/${GcsServer.bucket}`).then(
      (response) => response.ok,
      () => false,
    );
  }
}
