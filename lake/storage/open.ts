import { ConfigurationError } from '../../schema/errors.js';
import { LocalStorage } from './local.js';
import type { Storage } from './storage.js';

/** The storage that a `--lake` names. Throws a {@link ConfigurationError} for a scheme that is not supported here. */
export function openStorage(root: string | Storage): Storage {
  if (typeof root !== 'string') return root;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(root)) {
    throw new ConfigurationError('--lake', `${root} is not a folder of this machine`, 'Name a folder');
  }
  return new LocalStorage(root);
}
