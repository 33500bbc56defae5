import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Names that the SDK registers for itself; they are loaded with it. */
const OF_THE_SDK = /^apache-beam(\/|$)/;

/**
 * Loads the modules whose DoFns a worker is to run. A module is named as `register` names it, `<package>/<module>`, and is
 * found from this package's own root, wherever the process was started.
 *
 * @throws Error when there is none of ours among them, or one cannot be loaded: a worker without its DoFns would fail each
 *   bundle with an error that names neither
 */
export async function loadModules(names: readonly string[]): Promise<void> {
  const ours = names.filter((name) => !OF_THE_SDK.test(name));
  if (ours.length === 0) {
    throw new Error(
      `beam: this worker was given no modules to load (of ${names.length} names). The job's options must hold ` +
        'registered_node_modules, or the pool a setup module that imports the graph.',
    );
  }
  for (const name of ours) await loadModule(name);
}

/** Loads one module by its name in this or another package, or by its path. */
export async function loadModule(name: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const path = createRequire(import.meta.url).resolve(name);
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`beam: the worker cannot load the module ${name}: ${reason}`, { cause: error });
  }
}
