import type { Reason } from '../reject.js';
import { splitCsvLine } from './csv-line.js';
import type { DecodeContext, DecodedItems, TextDialect } from './dialect.js';
import { readFlat } from './flat-reading.js';
import { readAttributes } from './message-attributes.js';
import { rejectMessage } from './reject-message.js';
import { isPrototypeKey, isReservedKey } from './strict-json.js';
import { setMember, WireRecord } from './wire-record.js';

/** A header ready for use, or why it cannot be used. */
interface Header {
  readonly names: readonly string[];
  readonly reason: Reason | null;
  readonly detail: string;
}

/** Files have one header each: the last few are remembered. */
const REMEMBERED = 64;
const headers = new Map<string, Header>();

/**
 * One CSV line a message, quoted as RFC 4180 says; the attribute `header` holds the column names, which are those of
 * JSON v1. An empty cell is missing. Never recognised by content: a line alone does not say what its cells mean.
 *
 * Rejects besides those of every flat record: FORMAT (no header), SYNTAX (quoting, number of cells), DUPKEY, PROTO,
 * RESERVED (column names).
 */
export const CSV: TextDialect = { kind: 'text', name: 'csv', recognises: () => false, read: readCsv };

function readCsv(text: string, context: DecodeContext): DecodedItems {
  const header = headerOf(readAttributes(context.message.attributes).header);
  if (header.reason !== null) return rejectMessage(context.message, header.reason, header.detail);
  const cells = splitCsvLine(text.endsWith('\r') ? text.slice(0, -1) : text);
  if (cells === null) return rejectMessage(context.message, 'SYNTAX', 'broken quoting');
  if (cells.length !== header.names.length) {
    return rejectMessage(context.message, 'SYNTAX', 'not as many cells as the header has');
  }
  const record = new WireRecord();
  for (let at = 0; at < cells.length; at++) setMember(record, header.names[at] as string, cells[at] || null);
  return readFlat(record, true, context);
}

function headerOf(line: string | null): Header {
  if (line === null) return unusable('FORMAT', 'CSV without a header');
  let header = headers.get(line);
  if (header === undefined) {
    if (headers.size >= REMEMBERED) headers.clear();
    header = parseHeader(line);
    headers.set(line, header);
  }
  return header;
}

function parseHeader(line: string): Header {
  const names = splitCsvLine(line.replace(/^\ufeff/, '').replace(/\r$/, ''));
  if (names === null) return unusable('SYNTAX', 'broken quoting in the header');
  if (names.some(isPrototypeKey)) return unusable('PROTO', 'a column that names a prototype');
  if (names.some(isReservedKey)) return unusable('RESERVED', 'a column reserved by BSON');
  const named = names.filter((name) => name !== '');
  if (new Set(named).size !== named.length) return unusable('DUPKEY', 'a column is given twice');
  return { names, reason: null, detail: '' };
}

function unusable(reason: Reason, detail: string): Header {
  return { names: [], reason, detail };
}
