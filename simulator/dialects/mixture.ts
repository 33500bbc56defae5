import { ConfigurationError } from '../../schema/errors.js';
import { Random, weightedChoice } from '../random.js';
import { DIALECT_NAMES, WIRE_DIALECTS, type DialectName, type WireDialect } from './dialect.js';

/** A dialect, and how many of the monitors speak it. */
export interface DialectShare {
  readonly name: DialectName;
  /** Weight: shares are taken of their sum. */
  readonly share: number;
}

export const JSON_ONLY: readonly DialectShare[] = [{ name: 'json', share: 1 }];

/**
 * Reads `--dialect`: one name, or several with shares such as `fhir:0.3,hl7v2:0.2,json:0.5`; a name without a share counts 1.
 * @throws ConfigurationError naming the flag
 */
export function parseDialects(text: string): readonly DialectShare[] {
  const shares = text.split(',').map((part) => parseShare(part.trim(), text));
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  if (new Set(shares.map(({ name }) => name)).size < shares.length) throw refused(text, 'names a dialect twice');
  if (total <= 0) throw refused(text, 'gives nobody a dialect');
  return shares.filter(({ share }) => share > 0);
}

/** The dialect of a patient's monitor: by the seed and the patient alone, whoever else there is. */
export function dialectFor(shares: readonly DialectShare[], seed: string, patient: number): WireDialect {
  const [only] = shares;
  if (shares.length === 1 && only !== undefined) return WIRE_DIALECTS[only.name];
  const position = new Random(seed, patient, 'dialect').uniform();
  return WIRE_DIALECTS[weightedChoice(shares, ({ share }) => share, position).name];
}

function parseShare(part: string, text: string): DialectShare {
  const [, name, share] = /^(\w+)(?::(\d*\.?\d+))?$/.exec(part) ?? [];
  const known = DIALECT_NAMES.find((each) => each === name);
  if (known === undefined) throw refused(text, 'is no dialect, or none with a share');
  return { name: known, share: share === undefined ? 1 : Number(share) };
}

function refused(text: string, why: string): ConfigurationError {
  return new ConfigurationError(
    '--dialect',
    `"${text}" ${why}`,
    `Use one of ${DIALECT_NAMES.join(', ')}, or shares such as fhir:0.3,json:0.7.`,
  );
}
