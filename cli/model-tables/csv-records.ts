import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { ConfigurationError } from '../../schema/errors.js';
import { CsvHeader } from './csv-header.js';
import { CsvSplitter } from './csv-splitter.js';

const READ_BYTES = 2 ** 20;

/** Some records of a CSV file, in order, each with a cell for every column. */
export interface CsvChunk {
  readonly header: CsvHeader;
  readonly records: readonly (readonly string[])[];
  /** The line of the file on which each record starts, from 1. */
  readonly lines: readonly number[];
}

/**
 * Reads a CSV file chunk by chunk, so that memory does not grow with the file; at least one chunk, maybe an empty one.
 *
 * RFC 4180: commas, quotes doubled inside quotes, LF or CRLF; a byte order mark and blank lines are skipped.
 *
 * @param onBytes sees every byte, for a hash
 * @throws ConfigurationError for a file that cannot be read, is empty, or is not CSV in UTF-8
 */
export async function* readCsv(file: string, onBytes?: (bytes: Uint8Array) => void): AsyncGenerator<CsvChunk> {
  let header: CsvHeader | null = null;
  for await (const { records, lines } of splitFile(file, onBytes)) {
    if (header === null && records.length > 0) {
      header = new CsvHeader(records.shift()!);
      lines.shift();
    }
    if (header === null) continue;
    for (const [i, record] of records.entries()) header.check(record, lines[i]!);
    yield { header, records, lines };
  }
  if (header === null) throw refuse(`${file} is empty`, NAME_A_FILE);
}

const NAME_A_FILE = 'Name a CSV file with a header.';

async function* splitFile(
  file: string,
  onBytes: ((bytes: Uint8Array) => void) | undefined,
): AsyncGenerator<{ records: string[][]; lines: number[] }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const splitter = new CsvSplitter();
  try {
    for await (const bytes of createReadStream(file, { highWaterMark: READ_BYTES }) as AsyncIterable<Uint8Array>) {
      onBytes?.(bytes);
      yield splitter.push(decoder.decode(bytes, { stream: true }));
    }
    yield splitter.push(decoder.decode());
    yield splitter.end();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw refuse(`there is no file ${file}`, NAME_A_FILE);
    if (code === 'EISDIR') throw refuse(`${file} is a folder`, NAME_A_FILE);
    if (code === 'EACCES') throw refuse(`${file} cannot be read`, 'Allow reading it, or name another file.');
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw refuse(`${basename(file)} is not UTF-8`, 'Convert it.');
    throw error;
  }
}

function refuse(problem: string, remedy: string): ConfigurationError {
  return new ConfigurationError('--data', problem, remedy);
}
