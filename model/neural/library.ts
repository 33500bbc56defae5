import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type * as Core from '@tensorflow/tfjs-core';
import type * as Layers from '@tensorflow/tfjs-layers';
import { ConfigurationError } from '../../schema/errors.js';

/** TensorFlow.js, ready to train: needed for nothing else, and installed by those who train networks only. */
export interface Library {
  readonly core: typeof Core;
  readonly layers: typeof Layers;
  /** Name and version, for the record. */
  readonly name: string;
}

/** The version that the agreement with our own kernels was measured with (docs/models.md). */
const VERSION = '4.22.0';
const PACKAGES = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-backend-wasm'] as const;

/** Imports a package; an argument, so that a test can be without one. */
export type ImportPackage = (name: string) => Promise<unknown>;

/**
 * Loads TensorFlow.js with its WebAssembly backend.
 *
 * @param algorithm that needs it, for the error
 * @throws ConfigurationError with the line that installs it, where it is not there
 */
export async function loadLibrary(
  algorithm: string,
  importPackage: ImportPackage = (name) => import(name),
): Promise<Library> {
  let parts: readonly unknown[];
  try {
    parts = await Promise.all(PACKAGES.map(importPackage));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ConfigurationError(
      '--algorithm',
      `'${algorithm}' is trained with TensorFlow.js, which is not installed`,
      `Run npm install ${PACKAGES.map((name) => `${name}@${VERSION}`).join(' ')}; scoring does not need it.`,
    );
  }
  const [core, layers, wasm] = parts as [typeof Core, typeof Layers, WasmBackend];
  // Neither checks of every number nor advice to install another backend.
  core.enableProdMode();
  const entry = createRequire(import.meta.url).resolve(PACKAGES[2]);
  wasm.setWasmPaths(`${dirname(entry)}/`);
  await core.setBackend('wasm');
  return { core, layers, name: `${PACKAGES[1]} ${layers.version_layers}` };
}

interface WasmBackend {
  setWasmPaths(prefix: string): void;
}
