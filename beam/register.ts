import { requireForSerialization } from './sdk-internals.js';

/**
 * Registers DoFn classes and functions of a module, so that they travel by name to any worker. A worker loads the
 * module as `vitals-lakehouse/<module>` (package.json `exports`); unregistered classes cannot be serialised.
 *
 * @param module path below the package without extension, e.g. `transforms/decode`
 * @param exports the module's registered classes and functions by name
 */
export function register(module: string, exports: Readonly<Record<string, unknown>>): void {
  requireForSerialization(`vitals-lakehouse/${module}`, exports);
}
