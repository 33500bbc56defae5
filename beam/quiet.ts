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
