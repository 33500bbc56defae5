/**
 * Bad configuration: thrown before any work is done, printed as one line, exit code 1 (2 for usage).
 * Bad data is never thrown: it is a value with a reason (transforms/reject.ts).
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  /**
   * @param subject the flag, file or variable that is wrong, e.g. `--model`
   * @param problem what is wrong, with the actual value
   * @param remedy what to do about it
   */
  constructor(
    readonly subject: string,
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${subject}: ${problem}. ${remedy}`);
  }
}
