import { createHash, hash } from 'node:crypto';

/** 22 characters of base64url: 132 bits, enough for 2^60 rows without a collision. */
export const SHORT_HASH_LENGTH = 22;

/** The first 22 characters of the SHA-256 of a text, base64url. */
export const shortHash: (text: string) => string =
  typeof hash === 'function'
    ? (text) => hash('sha256', text, 'base64url').slice(0, SHORT_HASH_LENGTH)
    : (text) => createHash('sha256').update(text).digest('base64url').slice(0, SHORT_HASH_LENGTH);
