import { createRequire } from 'node:module';

/**
 * Node 23 removed the deprecated type checks of `node:util` (isArray, isPrimitive and their kin), and a dependency of
 * apache-beam 2.49.0 fails to load without them. Puts these in their place, on older releases too, where the built-in ones
 * warn of their end with every start; call it before the first import.
 */
export function restoreLegacyNodeUtil(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  for (const [name, check] of Object.entries(LEGACY_CHECKS)) util[name] = check;
}

const LEGACY_CHECKS: Record<string, (value: unknown) => boolean> = {
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isBuffer: (value) => Buffer.isBuffer(value),
  isDate: (value) => value instanceof Date,
  isError: (value) => value instanceof Error,
  isFunction: (value) => typeof value === 'function',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isObject: (value) => typeof value === 'object' && value !== null,
  isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
  isRegExp: (value) => value instanceof RegExp,
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
};
