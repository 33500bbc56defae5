import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../schema/errors.js';
import { DEVELOPMENT_PSEUDONYM_KEY } from '../transforms/pseudonym.js';

/** Below 128 bits a key could be guessed. */
const LEAST_KEY_CHARACTERS = 16;

/**
 * The key that pseudonyms are made with: the bytes of a file, surrounding white space not counted.
 *
 * @param file undefined for the public development key
 * @throws ConfigurationError when the file cannot be read or is too short
 */
export async function readPseudonymKey(file: string | undefined): Promise<Uint8Array> {
  if (file === undefined) return DEVELOPMENT_PSEUDONYM_KEY;
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigurationError(
      '--pseudonym-key-file',
      `${file} cannot be read (${cause.code ?? cause.message})`,
      REMEDY,
    );
  });
  const key = text.trim();
  if (key.length >= LEAST_KEY_CHARACTERS) return new TextEncoder().encode(key);
  throw new ConfigurationError('--pseudonym-key-file', `${file} holds ${key.length} characters`, REMEDY);
}

const REMEDY = `Name a file with at least ${LEAST_KEY_CHARACTERS} random characters: openssl rand -hex 32 > key.`;
