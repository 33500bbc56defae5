import { ProgramError, type Program } from './program.js';

/** A program that ends so often within {@link SPAN_MILLIS} is not started again. */
const RESTARTS = 10;
const SPAN_MILLIS = 60_000;

/**
 * Keeps a program running: started at once, and again whenever it ends, until it is closed or has ended too often.
 *
 * Nothing is lost by an end: batches are frozen, and their jobs are submitted again.
 */
export class Supervised {
  #current: Promise<Program>;
  #closed = false;
  #ends: number[] = [];

  constructor(
    private readonly start: () => Promise<Program>,
    private readonly onRestart: (why: string) => void,
  ) {
    this.#current = this.#launch();
  }

  /** The running program; waits while it comes up. @throws ProgramError when it cannot be kept running */
  running(): Promise<Program> {
    return this.#current;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const program = await this.#current.catch(() => null);
    await program?.stop();
  }

  #launch(): Promise<Program> {
    const launched = this.start();
    launched
      .then(async (program) => {
        await program.ended;
        if (!this.#closed) this.#restart(program.name);
      })
      // Whoever asks for the program hears why it did not come up.
      .catch(() => undefined);
    return launched;
  }

  #restart(name: string): void {
    const now = performance.now();
    this.#ends = [...this.#ends.filter((end) => now - end < SPAN_MILLIS), now];
    if (this.#ends.length > RESTARTS) {
      this.#current = Promise.reject(new ProgramError(`flink: ${name} ended ${RESTARTS} times within a minute`));
      this.#current.catch(() => undefined);
      return;
    }
    this.onRestart(`${name} has ended and is started again`);
    this.#current = this.#launch();
  }
}
