import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { beam, register, step, type PCollection, type Root } from '../index.js';

/** How bytes stand in a line: JSON has none. */
interface BytesOnLine {
  readonly $bytes: string;
}

/** Writes values as lines of JSON, bytes in base64, for {@link readNdjson}. */
export function writeNdjson(path: string, values: readonly unknown[]): void {
  writeFileSync(path, values.map((value) => JSON.stringify(value, bytesToText) + '\n').join(''));
}

/** Reads the values of a file, where the worker runs: the file must be there too. */
export class ReadNdjson {
  constructor(readonly path: string) {}

  async *process(): AsyncGenerator<unknown> {
    for await (const line of createInterface({ input: createReadStream(this.path) })) {
      yield JSON.parse(line, textToBytes) as unknown;
    }
  }
}

/** The values of a file that {@link writeNdjson} wrote, as a bounded source. */
export function readNdjson<T>(root: Root, path: string): PCollection<T> {
  const impulse = root.apply(step('Impulse', beam.impulse()) as never) as PCollection<unknown>;
  return impulse.apply(step('Read', beam.parDo(new ReadNdjson(path) as never)) as never) as PCollection<T>;
}

/** A Buffer has already turned itself into `{ type, data }` when it gets here; its holder still has it. */
function bytesToText(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  if (!(original instanceof Uint8Array)) return value;
  return { $bytes: Buffer.from(original).toString('base64') } satisfies BytesOnLine;
}

function textToBytes(_key: string, value: unknown): unknown {
  const text = (value as Partial<BytesOnLine> | null)?.$bytes;
  return typeof text === 'string' ? new Uint8Array(Buffer.from(text, 'base64')) : value;
}

register('beam/testing/ndjson', { ReadNdjson });
