import { ConfigurationError } from '../schema/errors.js';

const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KIB: 1024,
  MIB: 1024 ** 2,
  GIB: 1024 ** 3,
};

/**
 * Bytes of a size such as `512MB` (powers of 1000), `2GiB` (powers of 1024) or `1048576`.
 *
 * @param flag the option that it was given for
 * @throws ConfigurationError when it is none
 */
export function parseByteSize(text: string, flag: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = FACTORS[unit.toUpperCase()];
  if (number === undefined || factor === undefined) {
    throw new ConfigurationError(flag, `"${text}" is no size`, 'Give one such as 512MB or 2GiB.');
  }
  return Math.round(Number(number) * factor);
}
