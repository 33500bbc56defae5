/**
 * What a DoFn needs but cannot carry: the patient directory, the model, the pseudonym key. A DoFn holds the resource's
 * name only; whoever runs the graph in a process (an engine, a worker's boot) provides the resource there first.
 */
const resources = new Map<string, unknown>();

/** Provides a resource to every DoFn of this process under a name that says its content (a hash, a model id). */
export function provideResource(name: string, value: unknown): void {
  resources.set(name, value);
}

/** @throws Error when this process was never given the resource: a fault of the engine, not of data */
export function resource<T>(name: string): T {
  if (!resources.has(name)) throw new Error(`transforms: this process was not given the resource ${name}`);
  return resources.get(name) as T;
}
