/** What happens to a listener without being anybody's message: each kind with the words for it. */
const WORDS = {
  cut: 'connections ended in the middle of a message',
  stalled: 'senders fell silent in the middle of a message and were cut off',
  idle: 'silent senders were cut off',
  refused: 'connections were turned away: there were too many',
  overflow: 'senders were cut off: too many unfinished messages',
  outside: 'runs of bytes stood outside a message',
  unfinished: 'messages were begun again before their end',
  failed: 'connections failed',
  encrypted: 'connections failed to agree on TLS',
} as const;

export type Incident = keyof typeof WORDS;

/** A kind is told at once, then at most so often: a broken sender must not fill a log. */
const AGAIN_MILLIS = 60_000;

/** Counts incidents and tells whoever watches, in numbers alone. */
export class Incidents {
  readonly #counts = new Map<Incident, number>();
  readonly #told = new Map<Incident, { readonly count: number; readonly at: number }>();

  constructor(
    private readonly notice: (line: string) => void,
    private readonly clock: () => number,
  ) {}

  /** How often it has happened. */
  of(incident: Incident): number {
    return this.#counts.get(incident) ?? 0;
  }

  count(incident: Incident): void {
    this.#counts.set(incident, this.of(incident) + 1);
    const told = this.#told.get(incident);
    if (told === undefined || this.clock() - told.at >= AGAIN_MILLIS) this.#tell(incident);
  }

  /** Tells what has not been told. */
  end(): void {
    for (const [incident, count] of this.#counts) if (count !== this.#told.get(incident)?.count) this.#tell(incident);
  }

  #tell(incident: Incident): void {
    const count = this.of(incident);
    this.#told.set(incident, { count, at: this.clock() });
    this.notice(`${count} ${WORDS[incident]}`);
  }
}
