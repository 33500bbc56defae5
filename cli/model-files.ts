import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { TrainedModel } from '../model/algorithms.js';
import { DOCUMENT_FILE, WEIGHTS_FILE } from '../model/model-document.js';
import { decodeModelFolder, encodeModelFolder } from '../model/model-folder.js';
import { ConfigurationError } from '../schema/errors.js';

/** More than the largest forest takes (1,000 trees of 8,191 nodes): what is larger is something else. */
const MAX_FILE_BYTES = 256 * 2 ** 20;

/**
 * Loads a model folder. Synchronous, so that a worker can load its model where it first needs it.
 *
 * @throws ConfigurationError naming the folder or the file in it, what is wrong, and the remedy
 */
export function readModelFolder(folder: string): TrainedModel {
  if (!existsSync(folder)) {
    throw new ConfigurationError('--model', `there is no folder ${folder}`, `Make one: ${HOW_TO_TRAIN}.`);
  }
  const files = { [DOCUMENT_FILE]: readPart(folder, DOCUMENT_FILE), [WEIGHTS_FILE]: readPart(folder, WEIGHTS_FILE) };
  return decodeModelFolder(files, folder);
}

/**
 * Writes a model folder, all or nothing: the files are written and flushed in a folder beside it, which then takes its
 * name. A model that stands there already is replaced; anything else is left alone.
 *
 * @throws ConfigurationError where the name is taken by something that is not a model folder
 */
export function writeModelFolder(folder: string, model: TrainedModel): void {
  const target = resolve(folder);
  refuseForeign(target, folder);
  mkdirSync(dirname(target), { recursive: true });
  const work = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const made = join(work, 'new');
    mkdirSync(made);
    for (const [name, bytes] of Object.entries(encodeModelFolder(model))) writeDurably(join(made, name), bytes);
    flush(made);
    // A folder cannot replace a full one in one step: the old one steps aside, and comes back if the new one cannot.
    const old = join(work, 'old');
    const replaces = existsSync(target);
    if (replaces) renameSync(target, old);
    try {
      renameSync(made, target);
    } catch (error) {
      if (replaces) renameSync(old, target);
      throw error;
    }
    flush(dirname(target));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const HOW_TO_TRAIN = 'vitals model train --data FILE.csv --algorithm forest --seed 1 --out DIR';

function readPart(folder: string, name: string): Uint8Array {
  const path = join(folder, name);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) {
    const remedy = `Name a model folder, or make one: ${HOW_TO_TRAIN}.`;
    throw new ConfigurationError('--model', `there is no ${name} in ${folder}`, remedy);
  }
  if (size > MAX_FILE_BYTES) {
    throw new ConfigurationError(path, `${size} bytes are too many for a model`, 'Name a model folder.');
  }
  return readFileSync(path);
}

function refuseForeign(target: string, folder: string): void {
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) {
    const entries = readdirSync(target);
    if (entries.every((entry) => entry === DOCUMENT_FILE || entry === WEIGHTS_FILE)) return;
  }
  throw new ConfigurationError('--out', `${folder} holds something other than a model`, 'Name a new folder.');
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function flush(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
