import { ConfigurationError } from '../../../schema/errors.js';

/**
 * Checks the mapping of an update: each new name is a step of the new graph, or the beginning of the names of several; an
 * empty one says that the step is gone. Whether the old names fit the running job only the service knows.
 *
 * @param steps names of the new graph
 * @throws ConfigurationError naming the pair that does not fit
 */
export function checkMapping(mapping: Readonly<Record<string, string>>, steps: readonly string[]): void {
  for (const [from, to] of Object.entries(mapping)) {
    if (from !== '' && (to === '' || steps.some((step) => step === to || step.startsWith(`${to}/`)))) continue;
    throw new ConfigurationError(
      '--transform-name-mapping',
      `${JSON.stringify(from)} cannot become ${JSON.stringify(to)}, which is no step of this graph`,
      'Give names that vitals run --dry-run lists, or "" for a step that is gone.',
    );
  }
}
