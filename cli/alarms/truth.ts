import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { ConfigurationError } from '../../schema/errors.js';
import type { Pseudonymizer } from '../../transforms/pseudonym.js';

/** A deterioration that really was. Times are epoch milliseconds. */
export interface TrueEpisode {
  readonly kind: string;
  readonly onset: number;
  readonly end: number;
}

/** A fault of a sensor that really was. */
export interface TrueArtefact {
  readonly kind: string;
  readonly field: string;
  readonly onset: number;
  readonly end: number;
}

export interface PatientTruth {
  readonly episodes: TrueEpisode[];
  readonly artefacts: TrueArtefact[];
}

type Line = Readonly<Record<string, unknown>>;

const REMEDY = 'Name a file that vitals simulate --labels has written.';

/**
 * The ground truth of a simulation by pseudonym: lines of type `episode` and `artefact`; others are passed over.
 *
 * @throws ConfigurationError when the file cannot be read, or naming the line that is wrong
 */
export async function readTruth(file: string, pseudonym: Pseudonymizer): Promise<ReadonlyMap<string, PatientTruth>> {
  const truths = new Map<string, PatientTruth>();
  let number = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number += 1;
      if (text !== '') note(lineOf(text, file, number), truths, pseudonym, `${file}:${number}`);
    }
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError('--labels', `${file} cannot be read (${reasonOf(error)})`, REMEDY);
  }
  return truths;
}

function note(line: Line, truths: Map<string, PatientTruth>, pseudonym: Pseudonymizer, where: string): void {
  if (line['type'] !== 'episode' && line['type'] !== 'artefact') return;
  const { patient_id, kind, field } = line;
  if (typeof patient_id !== 'string' || typeof kind !== 'string') throw refusal(where, 'a patient_id and a kind');
  const patient = pseudonym(patient_id);
  const truth = truths.get(patient) ?? { episodes: [], artefacts: [] };
  truths.set(patient, truth);
  const span = { kind, onset: timeOf(line['onset'], where), end: timeOf(line['end'], where) };
  if (line['type'] === 'episode') truth.episodes.push(span);
  else truth.artefacts.push({ ...span, field: typeof field === 'string' ? field : '' });
}

function lineOf(text: string, file: string, number: number): Line {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line === 'object' && line !== null) return line as Line;
  } catch {
    // Said below, with the line's number.
  }
  throw refusal(`${file}:${number}`, 'a JSON object');
}

function timeOf(value: unknown, where: string): number {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  if (Number.isNaN(time)) throw refusal(where, 'an onset and an end');
  return time;
}

function refusal(where: string, wanted: string): ConfigurationError {
  return new ConfigurationError('--labels', `${where} has not ${wanted}`, REMEDY);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
