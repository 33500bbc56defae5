/** apache-beam reports every bundle through `console.debug`; a batch a second would drown the status line. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const debug = console.debug;
  console.debug = () => {};
  try {
    return await work();
  } finally {
    console.debug = debug;
  }
}

/** Drops from a console method the lines that `isNoise` names, while synchronous work runs; all other lines pass. */
export function without<T>(method: 'log' | 'debug', isNoise: (line: readonly unknown[]) => boolean, work: () => T): T {
  const original = console[method];
  console[method] = (...line: unknown[]) => {
    if (!isNoise(line)) original.apply(console, line);
  };
  try {
    return work();
  } finally {
    console[method] = original;
  }
}
