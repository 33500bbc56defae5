/** How often a request is tried, and how long one waits in between. */
export interface RetryPolicy {
  /** Tries in all. */
  readonly attempts: number;
  /** Longest wait after the first try, ms; it doubles with every try. */
  readonly firstDelayMillis: number;
  /** Longest wait after any try, ms. */
  readonly maxDelayMillis: number;
}

/** Chance and time, as arguments. */
export interface RetryMeans {
  /** In [0, 1). */
  readonly random: () => number;
  readonly wait: (millis: number) => Promise<void>;
}

/** About a minute in all: longer than a storage's usual hiccups, shorter than anybody's patience. */
export const DEFAULT_RETRIES: RetryPolicy = { attempts: 10, firstDelayMillis: 250, maxDelayMillis: 16_000 };

/**
 * Tries until it works, until an error is not worth another try, or until the tries are used up; then throws the last
 * error. Waits are drawn evenly from zero to the limit ("full jitter"), so that many clients do not come back together.
 *
 * @param work gets the number of the try, from 1
 */
export async function withRetries<T>(
  work: (attempt: number) => Promise<T>,
  isTransient: (error: unknown) => boolean,
  policy: RetryPolicy,
  { random, wait }: RetryMeans,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= policy.attempts || !isTransient(error)) throw error;
      const limit = Math.min(policy.maxDelayMillis, policy.firstDelayMillis * 2 ** (attempt - 1));
      await wait(random() * limit);
    }
  }
}
