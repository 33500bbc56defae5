import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../../schema/errors.js';

/** What an attacker would have to try: 2^128 (RELIABILITY.md, Security). */
const MIN_BITS = 128;
/** A text of 22 characters that uses three of them was typed, not drawn. */
const MIN_DISTINCT = 8;
const HOW_TO_MAKE = 'Make one: openssl rand -hex 32 > FILE';

/** The token of a server that others can reach. Holds a hash only: comparing takes the same time whatever was sent. */
export class Token {
  readonly #hash: Buffer;

  constructor(text: string) {
    this.#hash = sha256(text);
  }

  matches(text: string): boolean {
    return timingSafeEqual(this.#hash, sha256(text));
  }
}

/** Reads a token. @throws ConfigurationError for a file that cannot be read and for a token that can be guessed */
export async function readToken(file: string): Promise<Token> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError('--token-file', `${file} cannot be read (${error.code ?? error.name})`, HOW_TO_MAKE);
  });
  const token = text.trim();
  const problem = weaknessOf(token);
  if (problem !== null) throw new ConfigurationError('--token-file', `the token in ${file} ${problem}`, HOW_TO_MAKE);
  return new Token(token);
}

/** Why a token is no good, without a word of the token; null when it is good. */
export function weaknessOf(token: string): string | null {
  if (!/^[\x21-\x7e]*$/.test(token)) return 'holds spaces or other characters that no header can carry';
  const bits = token.length * bitsOf(token);
  if (bits < MIN_BITS) return `has at most ${Math.floor(bits)} bits, and ${MIN_BITS} are needed`;
  if (new Set(token).size < MIN_DISTINCT) return 'repeats a few characters, so that it can be guessed';
  return null;
}

/** Bits of a character, by the smallest alphabet that the token may have been drawn from. */
function bitsOf(token: string): number {
  if (/^[0-9]*$/.test(token)) return Math.log2(10);
  if (/^[0-9a-f]*$/.test(token) || /^[0-9A-F]*$/.test(token)) return 4;
  if (/^[a-z0-9]*$/.test(token) || /^[A-Z0-9]*$/.test(token)) return Math.log2(36);
  return 6;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
