import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../schema/errors.js';
import { sleep } from '../sleep.js';
import { isLandingFile, LandingFile } from './landing-file.js';
import type { Pulled, PullLimits, Source, SourceMessage, SourcePositions } from './source.js';

/** How far a file has been frozen: bytes of its (uncompressed) content, and whether that was all. */
type FilePosition = {
  readonly offset: number;
  readonly done: boolean;
};

export interface FileSourceOptions {
  /** Delete a file once everything in it is in bronze: for a landing folder that this project's own simulator fills. */
  readonly deleteAcknowledged: boolean;
}

/**
 * A landing folder, plain or gzip: NDJSON and CSV, a message a line; `.json`, the whole document, the elements of its array or
 * its lines; `.hl7`, a message from each MSH to the next. Files are complete when they appear (by rename) and are read in the
 * order of their names; names that were read are remembered while the file exists.
 *
 * Delivery: each message of each file once; positions recorded with the bronze commit are the acknowledgement.
 */
export class FileSource implements Source {
  readonly url: string;
  #positions = new Map<string, FilePosition>();
  #open: LandingFile | undefined;

  constructor(
    private readonly folder: string,
    private readonly options: FileSourceOptions,
  ) {
    this.url = `file:${folder}`;
  }

  /** @throws ConfigurationError when the folder does not exist */
  static async open(folder: string, options: FileSourceOptions): Promise<FileSource> {
    const found = await stat(folder).catch(() => null);
    if (!found?.isDirectory()) {
      throw new ConfigurationError(
        '--source',
        `file:${folder} is not a folder`,
        'Name a folder with .ndjson, .csv, .json or .hl7 files.',
      );
    }
    return new FileSource(folder, options);
  }

  async resume(positions: SourcePositions | null): Promise<void> {
    const files = (positions?.['files'] ?? {}) as unknown as Record<string, FilePosition>;
    this.#positions = new Map(Object.entries(files));
    if (this.options.deleteAcknowledged) await this.#deleteDone();
  }

  async pull(limits: PullLimits): Promise<Pulled> {
    const messages: SourceMessage[] = [];
    let bytes = 0;
    let drained = false;
    while (messages.length < limits.messages && bytes < limits.bytes) {
      this.#open ??= await this.#openNext();
      if (!this.#open) {
        drained = true;
        break;
      }
      const lines = await this.#open.read(limits.messages - messages.length, limits.bytes - bytes);
      for (const line of lines) {
        messages.push(line);
        bytes += line.payload.length;
      }
      const { name, offset, done } = this.#open;
      this.#positions.set(name, { offset, done });
      if (done) this.#open = undefined;
    }
    return {
      messages,
      positions: { files: Object.fromEntries(this.#positions) },
      drained,
      acknowledge: () => (this.options.deleteAcknowledged ? this.#deleteDone() : Promise.resolve()),
    };
  }

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return sleep(Math.min(milliseconds, POLL_MILLIS), signal);
  }

  async close(): Promise<void> {
    await this.#open?.close();
    this.#open = undefined;
  }

  async #openNext(): Promise<LandingFile | undefined> {
    const names = (await readdir(this.folder)).filter(isLandingFile).sort();
    this.#forgetMissing(names);
    const name = names.find((candidate) => !this.#positions.get(candidate)?.done);
    if (name === undefined) return undefined;
    return LandingFile.open(join(this.folder, name), name, this.#positions.get(name)?.offset ?? 0);
  }

  /** Positions stay as small as the folder. */
  #forgetMissing(names: readonly string[]): void {
    const present = new Set(names);
    for (const name of this.#positions.keys()) if (!present.has(name)) this.#positions.delete(name);
  }

  async #deleteDone(): Promise<void> {
    for (const [name, position] of this.#positions) {
      if (position.done) await unlink(join(this.folder, name)).catch(() => undefined);
    }
  }
}

const POLL_MILLIS = 100;
