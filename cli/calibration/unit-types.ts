import { ConfigurationError } from '../../schema/errors.js';

/**
 * Reads `intensive=ICU,CCU` of each `--unit-type`: which wards are alike.
 * @throws ConfigurationError for another shape, and for a ward of two types
 */
export function parseUnitTypes(texts: readonly string[]): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const text of texts) {
    const [, type, list] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (type === undefined || list === undefined) {
      throw new ConfigurationError('--unit-type', `'${text}' is not TYPE=WARD,WARD`, 'Give e.g. intensive=ICU,CCU.');
    }
    for (const ward of list.split(',').map((name) => name.trim())) {
      if (types.has(ward)) {
        throw new ConfigurationError('--unit-type', `ward ${ward} is named twice`, 'Name each ward in one unit type.');
      }
      types.set(ward, type.trim());
    }
  }
  return types;
}
