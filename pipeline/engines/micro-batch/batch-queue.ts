/**
 * Batches on their way from bronze to their manifest: several run side by side where a crew can do that, commits stay in
 * sequence, and no more are held than the queue is deep.
 *
 * Delivery: a batch is committed when it and all before it have run. After a failure nothing later is committed.
 */
export class BatchQueue<T> {
  /** Commits that are outstanding, in sequence; each waits for the one before. */
  #outstanding: Promise<void>[] = [];
  #failed = false;

  /** @param depth batches that may be on their way at the same time, at least 1 */
  constructor(
    private readonly depth: number,
    private readonly run: (batch: T) => Promise<void>,
    private readonly commit: (batch: T) => Promise<void>,
  ) {}

  /** True once a batch has failed: whoever feeds the queue stops, and hears why from {@link drain}. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Starts a batch as soon as there is room for it: waiting here is the back-pressure. */
  async add(batch: T): Promise<void> {
    while (this.#outstanding.length >= this.depth) await this.#outstanding[0];
    const before = this.#outstanding.at(-1) ?? Promise.resolve();
    const ran = this.run(batch);
    // Heard in its turn: until then a failure must not end the process.
    ran.catch(() => undefined);
    const committed = before.then(() => ran).then(() => this.commit(batch));
    this.#outstanding.push(committed);
    committed.then(
      () => this.#outstanding.shift(),
      () => (this.#failed = true),
    );
  }

  /** Resolves when every batch is committed. @throws what the first batch that failed has thrown */
  async drain(): Promise<void> {
    await this.#outstanding.at(-1);
  }
}
