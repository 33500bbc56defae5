/** How long a scenario waits for what may never come. Nothing that comes takes a tenth of it on a machine that is not overloaded. */
export const DEADLINE_MILLIS = 5_000;

/** What came in time, or the words `no answer`. */
export async function inTime<T>(promise: Promise<T>, millis = DEADLINE_MILLIS): Promise<T | 'no answer'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'no answer'>((resolve) => (timer = setTimeout(() => resolve('no answer'), millis)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
