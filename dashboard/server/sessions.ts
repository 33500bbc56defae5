import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Token } from './token.js';

const COOKIE = 'vitals_session';
/** A shift, milliseconds. */
const LIFETIME = 12 * 3_600_000;

/**
 * Who may see a server that needs a token: who sends it, or holds a cookie that was given for it. The cookie is a time and a
 * signature with a key of this process, so it holds nothing of the token and ends with the process.
 */
export class Sessions {
  readonly #key = randomBytes(32);

  constructor(
    private readonly token: Token | null,
    private readonly clock: () => number,
  ) {}

  /** Whether a token is needed at all. */
  get guarded(): boolean {
    return this.token !== null;
  }

  /** @param authorization,cookie headers as they came */
  admits(authorization: string | undefined, cookie: string | undefined): boolean {
    if (this.token === null) return true;
    const [, bearer] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
    if (bearer !== undefined) return this.token.matches(bearer);
    return this.#holds(cookieOf(cookie));
  }

  /** The Set-Cookie header for whoever knows the token; null for anybody else. */
  open(token: string): string | null {
    if (this.token === null || !this.token.matches(token)) return null;
    const until = String(this.clock() + LIFETIME);
    return `${COOKIE}=${until}.${this.#sign(until)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${LIFETIME / 1000}`;
  }

  #holds(value: string | undefined): boolean {
    const [, until, signature] = /^(\d{1,16})\.([\w-]{43})$/.exec(value ?? '') ?? [];
    if (until === undefined || signature === undefined) return false;
    const right = Buffer.from(this.#sign(until));
    return timingSafeEqual(right, Buffer.from(signature)) && Number(until) > this.clock();
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}

function cookieOf(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === COOKIE) return value;
  }
  return undefined;
}
