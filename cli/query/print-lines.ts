import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Prints lines as fast as the reader takes them; a reader that has seen enough (`| head`) is no failure. */
export async function printLines(output: Writable, lines: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(lines), output, { end: false });
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
