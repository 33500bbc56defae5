import { crc32c, crc32cText } from './crc32c.js';
import { damagedReply } from './gcs-failure.js';
import type { GcsReply } from './gcs-reply.js';

/** What the storage says about an object. */
export interface GcsObject {
  readonly size: number;
  /** Epoch ms. */
  readonly modified: number;
  /** A number as text that every object of a name has for itself. */
  readonly generation: string;
  /** Base64. */
  readonly crc32c: string;
  /** Which call of ours wrote it; null for another program's. */
  readonly token: string | null;
}

/** The fields of an object that {@link parseObject} reads. */
export const OBJECT_FIELDS = 'size,updated,generation,crc32c,metadata';

/** The metadata that says which put wrote an object. */
export const TOKEN = 'vitals-put';

/** Reads the description of an object. Throws a transient refusal for one that has been cut short. */
export function parseObject(body: Uint8Array): GcsObject {
  const found = parseJson(body) as Record<string, unknown>;
  const { size, updated, generation, crc32c: checksum, metadata } = found;
  if (typeof size !== 'string' || typeof generation !== 'string' || typeof checksum !== 'string') {
    throw damagedReply('the description of the object is not whole');
  }
  const token = (metadata as Record<string, string> | undefined)?.[TOKEN] ?? null;
  return { size: Number(size), modified: Date.parse(String(updated)), generation, crc32c: checksum, token };
}

/** A page of a listing. */
export interface Page {
  readonly names: readonly string[];
  /** Token of the next page; undefined after the last. */
  readonly next: string | undefined;
}

/** Reads a page of a listing. Throws a transient refusal for one that has been cut short. */
export function parsePage(body: Uint8Array): Page {
  const { items = [], nextPageToken } = parseJson(body) as {
    items?: readonly { name: string }[];
    nextPageToken?: string;
  };
  return { names: items.map(({ name }) => name), next: nextPageToken || undefined };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw damagedReply('the answer is not whole');
  }
}

/** The bytes of a whole object, once they have the length and the checksum that the storage says. */
export function verifyWhole({ headers, body }: GcsReply, known: GcsObject | null): Uint8Array {
  const size = Number(headers.get('x-goog-stored-content-length') ?? known?.size ?? NaN);
  if (size !== body.length) throw damagedReply(`${body.length} bytes came, not ${size}`);
  const expected = hashOf(headers) ?? known?.crc32c;
  if (expected !== crc32cText(crc32c(body))) throw damagedReply('the bytes that came have another checksum');
  return body;
}

/** True when an answer itself says what {@link verifyWhole} needs. */
export function describesItself(headers: Headers): boolean {
  return headers.has('x-goog-stored-content-length') && hashOf(headers) !== null;
}

/** The bytes of a part of an object, once they are exactly the part that was asked for. */
export function verifyPart({ headers, body }: GcsReply, start: number, endExclusive: number | null): Uint8Array {
  const range = headers.get('content-range') ?? '';
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? [];
  const end = Math.min(endExclusive ?? Infinity, Number(total));
  if (Number(first) !== start || Number(last) !== end - 1 || body.length !== end - start) {
    throw damagedReply(`${body.length} bytes came as ${range || 'no range'}, not those from ${start} to ${end}`);
  }
  return body;
}

/** `x-goog-hash: crc32c=...,md5=...`; there may be several of these headers, which arrive as one. */
function hashOf(headers: Headers): string | null {
  return /(?:^|[\s,])crc32c=([A-Za-z0-9+/=]{8})/.exec(headers.get('x-goog-hash') ?? '')?.[1] ?? null;
}
