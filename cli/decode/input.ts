import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LineSplitter } from '../../pipeline/sources/line-splitter.js';
import { MessageCutter, type BoundaryScanner } from '../../pipeline/sources/message-cutter.js';
import { ConfigurationError } from '../../schema/errors.js';
import { LARGEST_MESSAGE } from '../../transforms/decode/payload-text.js';

const READ_BYTES = 1 << 18;

/** What is read: the bytes, and what a program may call them. */
interface Input {
  readonly name: string;
  readonly stream: Readable;
}

/**
 * The lines of a file, or of standard input (`-`), some at a time and in bounded memory; a name that ends in `.gz` is
 * unpacked. Of a line longer than 256 KB only what is needed to refuse it comes through.
 * @throws ConfigurationError when the file cannot be read, or not to its end
 */
export function readLines(file: string): AsyncGenerator<readonly Buffer[]> {
  return readMessages(file, new LineSplitter(LARGEST_MESSAGE));
}

/** The messages of a file, or of standard input (`-`), as a scanner finds them; otherwise like {@link readLines}. */
export function readCut(file: string, scanner: BoundaryScanner): AsyncGenerator<readonly Buffer[]> {
  const cutter = new MessageCutter(scanner, LARGEST_MESSAGE, 'first part');
  return readMessages(file, {
    push: (chunk) => cutter.push(chunk).map(({ payload }) => payload),
    end: () => cutter.end().map(({ payload }) => payload),
  });
}

/** What cuts bytes into messages. */
interface Splitter {
  push(chunk: Buffer): readonly Buffer[];
  end(): readonly Buffer[];
}

/**
 * The messages of a file, or of standard input (`-`), as a splitter cuts them.
 * @throws ConfigurationError when the file cannot be read, or not to its end
 */
async function* readMessages(file: string, splitter: Splitter): AsyncGenerator<readonly Buffer[]> {
  const { name, stream } = openInput(file);
  try {
    for await (const chunk of stream) yield splitter.push(chunk as Buffer);
  } catch (error) {
    throw unreadable(name, error);
  }
  yield splitter.end();
}

/** CSV by its name: `.csv`, `.csv.gz`. */
export function isCsvName(file: string): boolean {
  return /\.csv(?:\.gz)?$/i.test(file);
}

function openInput(file: string): Input {
  if (file === '-') return { name: 'standard input', stream: process.stdin };
  const bytes = createReadStream(file, { highWaterMark: READ_BYTES });
  if (!/\.gz$/i.test(file)) return { name: file, stream: bytes };
  // The callback keeps an error from being thrown twice: the loop that reads the last stream gets it.
  const unpacked = pipeline(bytes, createGunzip({ chunkSize: READ_BYTES }), () => undefined);
  return { name: file, stream: unpacked };
}

function unreadable(name: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT')
    return new ConfigurationError('FILE', `there is no ${name}`, 'Name a file, or - for standard input');
  if (code === 'EISDIR') return new ConfigurationError('FILE', `${name} is a folder`, 'Name one file');
  if (code === 'EACCES') return new ConfigurationError('FILE', `${name} may not be read`, 'Check its permissions');
  if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new ConfigurationError('FILE', `${name} is damaged or no gzip file (${code})`, 'Fetch it again');
  }
  return error;
}
