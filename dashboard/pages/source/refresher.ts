/**
 * Asks again when something has changed: one question at a time, not sooner than `everyMs` after the one before, and the answer
 * that is shown is the one that was asked for last. A hidden tab asks nothing, and asks once when it is seen again.
 */
export class Refresher<A> {
  private running: AbortController | null = null;
  private timer = 0;
  private last = 0;
  private wanted = false;
  private stopped = false;

  constructor(
    private readonly ask: (signal: AbortSignal) => Promise<A>,
    private readonly show: (answer: A) => void,
    private readonly fail: (error: Error) => void,
    private readonly everyMs: number,
  ) {
    document.addEventListener('visibilitychange', this.seen);
  }

  /** Something else is asked for: what is on the way is abandoned. */
  restart(): void {
    this.running?.abort();
    this.running = null;
    window.clearTimeout(this.timer);
    this.timer = 0;
    void this.run();
  }

  /** There may be something newer. */
  again(): void {
    this.wanted = true;
    if (this.running || this.timer || this.stopped || document.hidden) return;
    const wait = Math.max(0, this.last + this.everyMs - performance.now());
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      void this.run();
    }, wait);
  }

  stop(): void {
    this.stopped = true;
    this.running?.abort();
    window.clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.seen);
  }

  private readonly seen = (): void => {
    if (!document.hidden && this.wanted) this.again();
  };

  private async run(): Promise<void> {
    const controller = new AbortController();
    this.running = controller;
    this.wanted = false;
    try {
      const answer = await this.ask(controller.signal);
      if (this.running === controller) this.show(answer);
    } catch (error) {
      if (this.running === controller && !controller.signal.aborted) this.fail(error as Error);
    }
    if (this.running !== controller) return;
    this.running = null;
    // From the end of the question: a slow server is asked less often, not all the time.
    this.last = performance.now();
    if (this.wanted) this.again();
  }
}
