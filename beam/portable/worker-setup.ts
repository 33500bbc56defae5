import { loadModule } from './load-modules.js';

/**
 * What a worker process does before its first DoFn: `module` exports `setUpWorker`, which gets `argument` and provides what
 * DoFns take by name (transforms/resources.ts). Importing the module also registers the DoFns of what it imports.
 */
export interface WorkerSetup {
  /** `<package>/<module>` as package.json exports it, or an absolute path. */
  readonly module: string;
  /** Plain JSON. It is visible in the process's environment: name a secret's place, not the secret. */
  readonly argument: unknown;
}

/** What the setup module must export. */
export type SetUpWorker = (argument: unknown) => Promise<void> | void;

/** @throws Error when the module cannot be loaded, exports no `setUpWorker`, or that throws */
export async function runSetup({ module, argument }: WorkerSetup): Promise<void> {
  const { setUpWorker } = await loadModule(module);
  if (typeof setUpWorker !== 'function') throw new Error(`beam: the setup module ${module} exports no setUpWorker`);
  await (setUpWorker as SetUpWorker)(argument);
}
