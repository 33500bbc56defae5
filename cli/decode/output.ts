import { open } from 'node:fs/promises';
import { ConfigurationError } from '../../schema/errors.js';

/** Where lines go. They are gathered until `flush`, which resolves when there is room for more. */
export interface LineOutput {
  /** False once the reader has gone away: then nothing more need be produced. */
  readonly open: boolean;
  write(line: string): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** A stream that is not closed behind us, such as standard output. A reader that leaves early (`| head`) ends it quietly. */
export function toStream(stream: NodeJS.WritableStream): LineOutput {
  let lines: string[] = [];
  // A failed write is told to its callback; without a listener it would also end the process.
  const ignore = (): void => undefined;
  stream.on('error', ignore);
  const output = {
    open: true,
    write: (line: string): void => void lines.push(line),
    flush: async (): Promise<void> => {
      const piece = joined(lines);
      lines = [];
      if (piece === '' || !output.open) return;
      const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
        stream.write(piece, resolve);
      });
      if (error === null || error === undefined) return;
      output.open = false;
      if (error.code !== 'EPIPE') throw error;
    },
    close: async (): Promise<void> => {
      await output.flush();
      stream.off('error', ignore);
    },
  };
  return output;
}

/** Takes lines that nobody wants. */
export function toNowhere(): LineOutput {
  return { open: true, write: () => undefined, flush: async () => undefined, close: async () => undefined };
}

/**
 * A file that is written anew.
 * @throws ConfigurationError naming the flag when the file cannot be created
 */
export async function toFile(flag: string, file: string): Promise<LineOutput> {
  const handle = await open(file, 'w').catch((error: NodeJS.ErrnoException) => {
    const problem = `${file} cannot be written (${error.code ?? error.message})`;
    throw new ConfigurationError(flag, problem, 'Name a file in a folder that exists');
  });
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    const piece = joined(lines);
    lines = [];
    if (piece !== '') await handle.appendFile(piece);
  };
  return {
    open: true,
    write: (line) => void lines.push(line),
    flush,
    close: async () => {
      await flush();
      await handle.close();
    },
  };
}

function joined(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
