/** What kind of trouble a {@link LakeError} reports; programs branch on this, people read the message. */
export type LakeErrorCode =
  | 'LOCKED'
  | 'CONFLICT'
  | 'CORRUPT'
  | 'FULL'
  | 'DENIED'
  | 'BROKEN_DISK'
  | 'UNREACHABLE'
  | 'REFUSED'
  | 'EXHAUSTED'
  | 'NOT_A_LAKE'
  | 'INCOMPATIBLE'
  | 'GONE'
  | 'STOPPED'
  | 'MISUSE';

/**
 * The lake cannot do what was asked: one sentence that says what happened, one that says what to do. Never holds a row,
 * a payload or anything else about a patient; paths are those of tables and dates.
 */
export class LakeError extends Error {
  override readonly name = 'LakeError';

  /**
   * @param code what kind of trouble it is
   * @param problem what happened, with the actual path, version or holder
   * @param remedy what to do about it
   */
  constructor(
    readonly code: LakeErrorCode,
    readonly problem: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${problem}. ${remedy}`, options);
  }
}
