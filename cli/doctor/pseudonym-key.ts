import { readPseudonymKey } from '../pseudonym-key-file.js';
import { error, ok, warning, type Finding } from './finding.js';

/** The development key is public: fine for synthetic patients, useless for real ones. */
export async function checkPseudonymKey(file: string | undefined): Promise<Finding> {
  if (file === undefined) {
    return warning(
      'pseudonym key',
      'the public development key is in use',
      'For real data: openssl rand -hex 32 > key, then --pseudonym-key-file key.',
    );
  }
  try {
    const key = await readPseudonymKey(file);
    return ok('pseudonym key', `${key.length} bytes from a file`);
  } catch (cause) {
    return error('pseudonym key', (cause as Error).message, 'openssl rand -hex 32 > key');
  }
}
