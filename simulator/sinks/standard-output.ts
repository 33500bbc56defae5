import type { ReadingSink } from './reading-sink.js';

/** Standard output. A reader that goes away (`| head`) ends the simulation without an error. */
export function openStandardOutput(stream: NodeJS.WritableStream = process.stdout): ReadingSink {
  return new StandardOutput(stream);
}

class StandardOutput implements ReadingSink {
  ended = false;
  readonly files = 0;

  constructor(private readonly stream: NodeJS.WritableStream) {
    // Every failure also reaches the callback of its write; without a listener it would end the process before.
    stream.on('error', () => undefined);
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.ended) return;
    await new Promise<void>((resolve, reject) => {
      this.stream.write(bytes, (error) => {
        if (!error) return resolve();
        if (!isBrokenPipe(error)) return reject(error);
        this.ended = true;
        resolve();
      });
    });
  }

  async endFile(): Promise<void> {}

  async close(): Promise<void> {}
}

function isBrokenPipe(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
}
