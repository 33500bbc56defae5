import { knownObjects, type KnownObject } from './sdk-internals.js';

interface Index {
  /** Objects that the list had: lists only grow. */
  readonly size: number;
  readonly names: ReadonlyMap<unknown, string>;
  readonly objects: ReadonlyMap<string, unknown>;
}

/**
 * Finds what travels by name in a map. As shipped the serialiser makes a list of all known objects, some 1,200 with ours, for
 * every function, and walks it for every value that it meets in one, and to read each back: a third of the time of a small batch.
 */
export function indexKnownObjects(): void {
  keepLists();
  const indexes = new WeakMap<readonly KnownObject[], Index>();
  const indexOf = (list: readonly KnownObject[]): Index => {
    let index = indexes.get(list);
    if (index?.size !== list.length) indexes.set(list, (index = indexed(list)));
    return index;
  };
  // NaN is the one value that a map finds and === does not.
  knownObjects.getNameOfBuiltin = (value, list = knownObjects.defaultBuiltins) =>
    value === value ? indexOf(list).names.get(value) : undefined;
  knownObjects.getBuiltinByName = (name, list = knownObjects.defaultBuiltins) => indexOf(list).objects.get(name);
}

/** Lets `defaultBuiltins.concat(registeredObjects)` be the same list until something is registered. */
function keepLists(): void {
  const own = knownObjects.defaultBuiltins;
  const lists = new WeakMap<readonly KnownObject[], KnownObject[]>();
  const concat = (registered: readonly KnownObject[]): KnownObject[] => {
    let list = lists.get(registered);
    if (list?.length !== own.length + registered.length) lists.set(registered, (list = [...own, ...registered]));
    return list;
  };
  Object.defineProperty(own, 'concat', { value: concat });
}

/** Of two with one name, or two names of one object, the first counts, as in the package. */
function indexed(list: readonly KnownObject[]): Index {
  const names = new Map<unknown, string>();
  const objects = new Map<string, unknown>();
  for (const { name, builtin } of list) {
    if (!names.has(builtin)) names.set(builtin, name);
    if (!objects.has(name)) objects.set(name, builtin);
  }
  return { size: list.length, names, objects };
}
