import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until a condition holds, looking again every few milliseconds.
 *
 * @throws Error naming the condition when it does not hold by the deadline
 */
export async function waitFor(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { timeoutMillis = 20_000, everyMillis = 20 } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMillis;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after ${timeoutMillis} ms it is still not so that ${what}`);
    await delay(everyMillis);
  }
}
