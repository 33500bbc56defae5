import { LakeError, type LakeErrorCode } from '../lake-error.js';

const MEANING: Readonly<Record<string, readonly [LakeErrorCode, string, string]>> = {
  ENOSPC: ['FULL', 'the disk is full', 'Free some space and start again: nothing that was committed is lost'],
  EDQUOT: ['FULL', 'the disk quota is used up', 'Raise the quota and start again: nothing that was committed is lost'],
  EACCES: ['DENIED', 'permission was denied', 'Give this user read and write permission on the folder of the lake'],
  EPERM: [
    'DENIED',
    'the operation is not permitted',
    'Give this user read and write permission on the folder of the lake',
  ],
  EROFS: ['DENIED', 'the file system is read-only', 'Mount it writable or choose another folder with --lake'],
  EMFILE: ['EXHAUSTED', 'this process has too many open files', 'Raise the limit (ulimit -n 65536) and start again'],
  ENFILE: [
    'EXHAUSTED',
    'this machine has too many open files',
    'Raise fs.file-max or stop other programs, and start again',
  ],
  EIO: [
    'BROKEN_DISK',
    'the disk reported an input/output error',
    'Check the disk, then start again: the log is verified',
  ],
  ENOTDIR: ['NOT_A_LAKE', 'a file is where a folder should be', 'Choose another folder with --lake'],
};

/** The error of a file system call as a {@link LakeError} where an operator can mend it, else the error itself. */
export function diskError(error: unknown, action: string, path: string): unknown {
  if (error instanceof LakeError) return error;
  const code = errorCode(error);
  const meaning = code === undefined ? undefined : MEANING[code];
  if (meaning === undefined) return error;
  return new LakeError(meaning[0], `Cannot ${action} ${path}: ${meaning[1]} (${code})`, meaning[2], { cause: error });
}

/** The `code` of a Node system error, undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
