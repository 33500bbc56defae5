import type { Reason } from '../reject.js';

/** Containers inside containers, the root included: FHIR needs about 8, an attack thousands (row 11). */
export const DEEPEST = 16;

/** Longest number literal: a double needs 17 digits and never more than 767 to be exact (row 23). */
export const LONGEST_NUMBER = 1000;

/** What `JSON.parse` does not tell about a text that it has accepted. */
export interface StrictScan {
  readonly reason: Reason | null;
  readonly detail: string;
  /** Root members whose number literal is longer than {@link LONGEST_NUMBER}. */
  readonly overlong: readonly string[];
  /** Root members whose number is not zero but too small for a double: it would be read as 0. */
  readonly underflown: readonly string[];
}

/**
 * Reads once through a text that `JSON.parse` has accepted and finds what that does not report: depth (DEPTH), keys given
 * twice however they are escaped (DUPKEY), keys that reach for prototypes (PROTO) or for BSON (RESERVED), NUL in a string
 * (CONTROL), lone surrogates (SURROGATE), and numbers that do not survive as doubles (PRECISION, underflow).
 */
export function scanStrictly(text: string): StrictScan {
  const scanner = new Scanner(text);
  scanner.scan();
  return scanner;
}

class Scanner implements StrictScan {
  reason: Reason | null = null;
  detail = '';
  readonly overlong: string[] = [];
  readonly underflown: string[] = [];
  /** Keys seen in each open object, innermost last; null for an array. */
  private readonly open: (Set<string> | null)[] = [];
  private expectsKey = false;
  private rootKey = '';
  private at = 0;
  /** Position of the first backslash at or behind the cursor, once looked for. */
  private nextEscape = -1;

  constructor(private readonly text: string) {}

  scan(): void {
    const { text } = this;
    while (this.at < text.length && this.reason === null) {
      switch (text.charCodeAt(this.at)) {
        case 0x22:
          this.scanString();
          break;
        case 0x7b:
          this.enter(new Set());
          break;
        case 0x5b:
          this.enter(null);
          break;
        case 0x7d:
        case 0x5d:
          this.open.pop();
          this.expectsKey = false;
          this.at++;
          break;
        case 0x2c:
          this.expectsKey = this.open[this.open.length - 1] !== null;
          this.at++;
          break;
        case 0x2d:
          this.scanNumber();
          break;
        default:
          if (isDigit(text.charCodeAt(this.at))) this.scanNumber();
          else this.at++;
      }
    }
  }

  private enter(keys: Set<string> | null): void {
    this.open.push(keys);
    this.expectsKey = keys !== null;
    this.at++;
    if (this.open.length > DEEPEST) this.refuse('DEPTH', 'nested more than 16 deep');
  }

  private scanString(): void {
    const { text, at: start } = this;
    if (this.nextEscape < start) this.nextEscape = indexOrEnd(text, '\\', start);
    let end = text.indexOf('"', start + 1);
    let value: string | null = null;
    if (this.nextEscape < end) {
      end = endOfString(text, start);
      value = JSON.parse(text.slice(start, end + 1)) as string;
      if (value.includes('\0')) this.refuse('CONTROL', 'a NUL character');
      else if (hasLoneSurrogate(value)) this.refuse('SURROGATE', 'half of a surrogate pair');
    }
    this.at = end + 1;
    if (this.expectsKey) this.scanKey(value ?? text.slice(start + 1, end));
    this.expectsKey = false;
  }

  private scanKey(key: string): void {
    const keys = this.open[this.open.length - 1];
    if (keys?.has(key) === true) return this.refuse('DUPKEY', 'a key is given twice');
    if (isPrototypeKey(key)) return this.refuse('PROTO', 'a key that names a prototype');
    if (isReservedKey(key)) return this.refuse('RESERVED', 'a key reserved by BSON');
    keys?.add(key);
    if (this.open.length === 1) this.rootKey = key;
  }

  private scanNumber(): void {
    const start = this.at;
    let nonzero = false;
    let mantissa = true;
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x65 || code === 0x45) mantissa = false;
      else if (!isDigit(code) && code !== 0x2e && code !== 0x2d && code !== 0x2b) break;
      else if (mantissa && code > 0x30 && code <= 0x39) nonzero = true;
    }
    const isMember = this.open.length === 1;
    if (this.at - start > LONGEST_NUMBER) {
      if (isMember) this.overlong.push(this.rootKey);
      else this.refuse('PRECISION', 'a number of more than 1,000 characters');
    } else if (nonzero && isMember && Number(this.text.slice(start, this.at)) === 0) {
      this.underflown.push(this.rootKey);
    }
  }

  private refuse(reason: Reason, detail: string): void {
    if (this.reason !== null) return;
    this.reason = reason;
    this.detail = detail;
  }
}

/** Row 14 and 15: keys with which a careless merge changes every object of the process. */
export function isPrototypeKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor';
}

/** Row 16: with `_bsontype` MongoDB drivers take an object for a BSON value. */
export function isReservedKey(key: string): boolean {
  return key === '_bsontype';
}

/** True when a string holds half of a surrogate pair: it has no UTF-8 form and could not be written to the lake. */
export function hasLoneSurrogate(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = text.charCodeAt(at + 1);
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return true;
    at++;
  }
  return false;
}

/** The position of the quote that closes the string which opens at `start`, past any escape. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return at;
}

function indexOrEnd(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at === -1 ? text.length : at;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
