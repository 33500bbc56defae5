import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** How to start a program of a cluster, and how to see that it serves. */
export interface ProgramSpec {
  /** As it stands in errors: `the job server`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** File that gets everything the program says. */
  readonly log: string;
  /** A line that matches says that the program serves. */
  readonly ready: RegExp;
}

/** A program that did not come up, or that has ended without being asked. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/** Milliseconds that a JVM may take to serve: seconds on a quiet machine, much more on a crowded one. */
const READY_MILLIS = 120_000;
/** Milliseconds between the polite and the final way to end a program. */
const STOP_MILLIS = 5_000;

/**
 * Starts the command in the shell's own process, beside a watch that ends it when our end of descriptor 3 closes: that
 * happens however this process ends, SIGKILL included. (A Java program has no notion of its parent.)
 */
const WATCHED = '(exec >/dev/null 2>&1 </dev/null; cat <&3; kill -9 $$) & exec 3<&-; exec "$@"';

/** A child process on this machine. It is ended by its pid, and it ends with this process. */
export class Program {
  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    /** What the ready line said. */
    readonly said: RegExpExecArray,
    /** Resolves when the program has ended, whoever ended it. */
    readonly ended: Promise<void>,
  ) {}

  /** @throws ProgramError with the log's name when the program ends or stays silent instead of serving */
  static async start(spec: ProgramSpec): Promise<Program> {
    const child = spawn('sh', ['-c', WATCHED, 'vitals', spec.command, ...spec.args], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // In a group of its own: Ctrl-C is for the engine, which finishes what runs and then ends its programs.
      detached: true,
      env: { ...process.env, ...spec.env },
    });
    const watch = child.stdio[3];
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    // The watch must not outlive what it watches: only now does it hear the end of its input.
    void ended.then(() => watch?.destroy());
    try {
      return new Program(spec.name, child, await readiness(child, spec), ended);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends the program, politely at first. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MILLIS);
    await this.ended;
    clearTimeout(timer);
  }
}

/** Copies what a program says into its log, and waits for the line that says it serves. */
function readiness(child: ChildProcess, { name, log, ready }: ProgramSpec): Promise<RegExpExecArray> {
  const file = createWriteStream(log, { flags: 'a' });
  // A log that cannot be written must not end the run.
  file.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new ProgramError(`flink: ${name} ${what} (its log is ${log})`));
    };
    const timer = setTimeout(() => fail(`does not serve after ${READY_MILLIS / 1000} s`), READY_MILLIS);
    child.once('error', (cause) => fail(`cannot be started: ${cause.message}`));
    child.once('close', () => file.end());
    child.once('exit', (code, signal) => {
      fail(`ended with ${signal ?? `code ${code}`} before it served`);
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        file.write(line + '\n');
        const said = ready.exec(line);
        if (said === null) return;
        clearTimeout(timer);
        resolve(said);
      });
    }
  });
}
