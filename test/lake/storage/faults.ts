/** What can happen to one request on its way there and back. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  /** It was carried out, and then the answer was an error. */
  | { readonly kind: 'late status'; readonly status: number }
  /** It was carried out, and then the connection broke. */
  | { readonly kind: 'lost answer' }
  /** Nothing ever comes back. */
  | { readonly kind: 'silence' }
  /** The answer breaks off in the middle. */
  | { readonly kind: 'cut' }
  /** Half an answer that pretends to be a whole one. */
  | { readonly kind: 'short' }
  | { readonly kind: 'damaged download' }
  | { readonly kind: 'damaged upload' };

export type FaultKind = Fault['kind'];

/** Decides what happens to a request; null: nothing. */
export type Faults = (method: string, url: URL) => Fault | null;

export const NO_FAULTS: Faults = () => null;

const STATUSES = [408, 429, 500, 502, 503, 504] as const;

/** How often each kind comes, among those that come at all. Silence is dear: it lasts until the client gives up. */
const WEIGHTS: readonly (readonly [FaultKind, number])[] = [
  ['status', 6],
  ['late status', 4],
  ['lost answer', 4],
  ['silence', 0.4],
  ['cut', 3],
  ['short', 3],
  ['damaged download', 3],
  ['damaged upload', 3],
];

/** Faults at random, one request in so many; how often each came is counted in `counts`. */
export function randomFaults(random: () => number, share: number, counts: Map<FaultKind, number>): Faults {
  const total = WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0);
  return (method, url) => {
    if (random() >= share) return null;
    let at = random() * total;
    const [kind] = WEIGHTS.find(([, weight]) => (at -= weight) < 0) ?? WEIGHTS[0]!;
    // Only bytes of an object: what begins a session is guarded by the connection's own checksums alone.
    const carries = method === 'PUT' || url.searchParams.get('uploadType') === 'multipart';
    if (kind === 'damaged upload' && !carries) return null;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const status = STATUSES[Math.floor(random() * STATUSES.length)]!;
    return kind === 'status' || kind === 'late status' ? { kind, status } : { kind };
  };
}

/** The same fault for the first so many requests that `matches` takes. */
export function firstFaults(
  fault: Fault,
  times: number,
  matches: (method: string, url: URL) => boolean = () => true,
): Faults {
  let left = times;
  return (method, url) => (matches(method, url) && left-- > 0 ? fault : null);
}

/** One bit in the middle is another. */
export function flip(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  // Behind the middle: in an upload that is among the bytes of the object, or in its end.
  const at = Math.floor(copy.length * 0.6);
  if (copy.length > 0) copy[at] = copy[at]! ^ 1;
  return copy;
}

/** A small generator, so that a failure can be repeated with its seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
