export interface SilenceOptions {
  /** Milliseconds without a message that count as silence. */
  readonly quietMillis: number;
  /** Whether streams are open and nothing is buffered, leased or being recovered. */
  readonly idle: () => boolean;
  /** Asks the broker anything: resolves when it answers. */
  readonly ask: () => Promise<unknown>;
  /** Closes the streams and opens others. */
  readonly reopen: () => void;
}

/**
 * Tells when a subscription has nothing more to give: nothing has come for a while although the broker answers, and then
 * nothing on other streams either. A broker may be away, slow, or keep what it has for an old stream. (To pull once beside the
 * stream would be a better question, but makes the emulator lose messages.)
 */
export class Silence {
  /** When something last came, or streams broke or were opened: performance.now(). */
  #stirred = performance.now();
  /** Whether the present streams were opened to hear whether others are silent too. */
  #asksAgain = false;
  #confirmed = false;

  constructor(private readonly options: SilenceOptions) {}

  /** Something came, or the streams are others: silence begins anew. */
  break(): void {
    this.#stirred = performance.now();
    this.#asksAgain = false;
    this.#confirmed = false;
  }

  /** Whether the silence is confirmed; to be asked again and again. */
  async isConfirmed(): Promise<boolean> {
    if (!this.#lasts()) return false;
    if (this.#confirmed) return true;
    const answered = await this.#brokerAnswers();
    if (!answered) this.break();
    if (!answered || !this.#lasts()) return false;
    if (this.#asksAgain) return (this.#confirmed = true);
    this.options.reopen();
    this.#asksAgain = true;
    return false;
  }

  #lasts(): boolean {
    return this.options.idle() && performance.now() - this.#stirred >= this.options.quietMillis;
  }

  async #brokerAnswers(): Promise<boolean> {
    const asked = performance.now();
    return this.options.ask().then(
      () => performance.now() - asked < PROMPT_MILLIS,
      () => false,
    );
  }
}

/** A broker that takes longer to answer may take longer to deliver too. */
const PROMPT_MILLIS = 1_000;
