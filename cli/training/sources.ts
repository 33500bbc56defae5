import { basename } from 'node:path';
import { openLakeSnapshot } from '../../lake/reader.js';
import { ALGORITHMS } from '../../model/algorithms.js';
import { featureUnit, type FeatureName } from '../../model/features.js';
import type { ModelKind } from '../../model/model.js';
import { ConfigurationError } from '../../schema/errors.js';
import { createPatients, type Patient } from '../../simulator/patients.js';
import { parseTime } from '../../simulator/times.js';
import { readTrainingTable } from '../model-tables/training-table.js';
import { lakeUrl } from '../lake-url.js';
import { chosenLake } from './lake-argument.js';
import { silverSet } from './silver-set.js';
import { simulatedSet } from './simulated-set.js';
import { streamFeatures } from './stream-features.js';
import type { TrainingSet } from './training-set.js';

/** Where the rows of a training come from: exactly one of the first four. */
export interface SourceRequest {
  readonly data: string | undefined;
  readonly lake: string | undefined;
  readonly simulate: number | undefined;
  readonly synthea: string | undefined;
  readonly label: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly 'most-readings': number;
  readonly patients: number;
  readonly days: number;
  readonly interval: number | undefined;
  readonly 'simulation-seed': string;
}

/** How the rows are to be. */
export interface SourceOptions {
  readonly kind: ModelKind;
  readonly named: readonly string[] | null;
  /** Whether whose and when each row is must be known, beyond what the algorithm asks for. */
  readonly needsSeries: boolean;
  /** Seconds of a step of an algorithm that reads windows. */
  readonly stepSeconds: number;
}

/** A set, and the columns of a file that are no numbers. */
export interface SourcedSet extends TrainingSet {
  readonly skipped: readonly string[];
}

const DAY = 86_400_000;
/** When simulated history ends: any day does, and the same one gives the same rows. */
const HISTORY_END = Date.UTC(2026, 0, 5);
/** Of an algorithm without windows: neighbouring minutes say the same. */
const USUAL_INTERVAL_SECONDS = 600;

/** Reads or makes the rows to train on. @throws ConfigurationError for no source, two of them, or one that is wrong */
export async function sourceOf(request: SourceRequest, options: SourceOptions): Promise<SourcedSet> {
  const { data, simulate, synthea } = request;
  const lake = chosenLake(
    request.lake,
    [data, simulate, synthea].some((other) => other !== undefined),
  );
  const named = { '--data': data, '--lake': lake, '--simulate': simulate, '--synthea': synthea };
  const chosen = Object.entries(named).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (chosen.length !== 1) {
    const problem = chosen.length === 0 ? 'what to train on is not said' : `${chosen.join(' and ')} are two sources`;
    const remedy = 'Give one of --data FILE.csv, --lake DIR, --simulate PATIENTS and --synthea DIR.';
    throw new ConfigurationError(chosen[0] ?? '--data', problem, remedy);
  }
  if (data !== undefined) return fileSet(data, request.label ?? null, options);
  if (request.label !== undefined) {
    throw new ConfigurationError('--label', 'is a column of a file', 'Leave it out, or name a file with --data.');
  }
  const features = streamFeatures(options.kind, options.named);
  const set = lake === undefined ? await historyOf(request, options, features) : await lakeSet(lake, request, features);
  return { ...set, skipped: [] };
}

async function fileSet(file: string, label: string | null, options: SourceOptions): Promise<SourcedSet> {
  const { kind, named, needsSeries } = options;
  const table = await readTrainingTable(file, named, label, ALGORITHMS[kind].readsWindows || needsSeries);
  const features = table.features.map((name) => ({ name, unit: featureUnit(name) }));
  return { ...table, features, source: basename(file) };
}

async function lakeSet(lake: string, request: SourceRequest, features: readonly FeatureName[]): Promise<TrainingSet> {
  requireWhole('--most-readings', request['most-readings']);
  const from = request.from === undefined ? -Infinity : parseTime('--from', request.from);
  const to = request.to === undefined ? Infinity : parseTime('--to', request.to);
  const snapshot = await openLakeSnapshot(lakeUrl(lake));
  return silverSet(snapshot, { from, to, mostReadings: request['most-readings'] }, features);
}

async function historyOf(
  request: SourceRequest,
  { kind, stepSeconds }: SourceOptions,
  features: readonly FeatureName[],
): Promise<TrainingSet> {
  const { simulate, synthea, days, 'simulation-seed': seed } = request;
  const usual = ALGORITHMS[kind].readsWindows ? stepSeconds : USUAL_INTERVAL_SECONDS;
  const { interval = usual } = request;
  requireWhole('--days', days);
  requireWhole('--interval', interval);
  const from = HISTORY_END - days * DAY;
  const people =
    synthea === undefined ? peopleOf(simulate!, seed) : await syntheaPeople(synthea, request.patients, seed, from);
  const whose = synthea === undefined ? 'patients' : 'people of a Synthea export';
  const source = `simulated history: ${people.length} ${whose}, ${days} days, every ${interval} s, seed ${seed}`;
  return simulatedSet({ people, seed, from, to: HISTORY_END, intervalMs: interval * 1_000, source }, features);
}

function peopleOf(count: number, seed: string): readonly Patient[] {
  requireWhole('--simulate', count);
  return createPatients(seed, count);
}

async function syntheaPeople(
  folder: string,
  count: number,
  seed: string,
  aliveAt: number,
): Promise<readonly Patient[]> {
  const { readExport } = await import('../../simulator/synthea/read-export.js');
  const { SyntheaPeople } = await import('../../simulator/synthea/synthea-people.js');
  requireWhole('--patients', count);
  return new SyntheaPeople(await readExport(folder, aliveAt), seed, count, false).initial;
}

function requireWhole(flag: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new ConfigurationError(flag, `${value} is not a whole number of at least 1`, 'Give a whole number.');
}
