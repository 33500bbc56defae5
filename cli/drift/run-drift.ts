import type { Writable } from 'node:stream';
import { openLakeSnapshot, type LakeSnapshot } from '../../lake/reader.js';
import type { DriftVerdict } from '../../model/drift/verdict.js';
import { measureDrift, planDrift } from '../../query/drift/measure.js';
import { textTable } from '../../query/text-table.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { qualifiedName } from '../../schema/column.js';
import { ConfigurationError } from '../../schema/errors.js';
import { parseTime } from '../../simulator/times.js';
import { CHAMPION, hasChampion } from '../champion.js';
import { lakeUrl } from '../lake-url.js';
import { printLines } from '../query/print-lines.js';
import { driftRow, recordDrift, type MeasuredRow } from './record-drift.js';
import { referencedModel } from './referenced-model.js';

/** What `vitals model drift` was asked. */
export interface DriftRequest {
  readonly lake: string;
  readonly model: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly by: 'ward' | 'hospital';
  readonly record: boolean;
  /** Whether a lake without a champion has nothing to measure, and is no fault. */
  readonly 'if-champion': boolean;
  readonly all: boolean;
  readonly json: boolean;
  readonly 'fail-on': 'moderate' | 'major' | undefined;
}

/** Where the answer goes, and what is said about it. */
export interface Outputs {
  readonly data: Writable;
  readonly notes: Writable;
}

const HOUR = 3_600_000;
/** Without --from and --to: a day, which is what a scheduler asks about once a day. */
const DEFAULT_HOURS = 24;
/** Alerts that are told one by one. */
const ALERTS_SHOWN = 20;
const COLUMNS = ['window_start', 'ward', 'feature', 'n', 'patients', 'missing', 'psi', 'ks', 'ks_critical', 'verdict'];

/**
 * Measures a model's drift, prints it, says what is an alert, and records it where that was asked for.
 *
 * @param clock epoch milliseconds
 * @returns whether a verdict was as bad as `--fail-on` says
 * @throws ConfigurationError, LakeError
 */
export async function runDrift(
  request: DriftRequest,
  clock: () => number,
  { data, notes }: Outputs = { data: process.stdout, notes: process.stderr },
): Promise<boolean> {
  const root = lakeUrl(request.lake);
  if (request['if-champion'] && request.model === CHAMPION && !(await hasChampion(root))) {
    notes.write(`${request.lake} has no champion yet: nothing is measured\n`);
    return false;
  }
  const model = await referencedModel(request.model, root);
  const plan = planDrift(model);
  const snapshot = await openLakeSnapshot(root);
  const times = timesOf(request, snapshot);
  const rows: MeasuredRow[] = [];
  for await (const drift of measureDrift(snapshot, plan, { ...times, by: request.by })) {
    rows.push(driftRow(model.id, drift));
  }
  await print(rows, request, data);
  if (plan.left_out.length > 0) notes.write(`not compared over silver: ${plan.left_out.join(', ')}\n`);
  if (plan.reference.wards.length === 0 && request.by === 'ward') {
    notes.write(`${model.id} was trained without wards: each is compared with all of its training rows\n`);
  }
  if (plan.reference.patients === null) notes.write(`${model.id} does not say how many patients it was trained on\n`);
  tellAlerts(rows, notes);
  if (request.record) notes.write(`${await recordDrift(root, snapshot, rows, clock())} rows recorded\n`);
  const bad: readonly DriftVerdict[] = request['fail-on'] === 'moderate' ? ['moderate', 'major'] : ['major'];
  return request['fail-on'] !== undefined && rows.some(({ verdict }) => bad.includes(verdict as DriftVerdict));
}

function timesOf(request: DriftRequest, snapshot: LakeSnapshot): { readonly from: number; readonly to: number } {
  const newest = newestEvent(snapshot);
  const to = request.to === undefined ? (Math.floor(newest / HOUR) + 1) * HOUR : parseTime('--to', request.to);
  const from = request.from === undefined ? to - DEFAULT_HOURS * HOUR : parseTime('--from', request.from);
  if (from < to) return { from, to };
  const problem = `${new Date(from).toISOString()} is not before ${new Date(to).toISOString()}`;
  throw new ConfigurationError('--from', problem, 'Give a time before --to, or before the newest reading.');
}

function newestEvent(snapshot: LakeSnapshot): number {
  const { files = [] } = snapshot.tables.get(qualifiedName(SILVER_PATIENT_VITALS)) ?? {};
  return files.reduce((newest, { stats }) => Math.max(newest, stats['event_time']?.[1] ?? 0), 0);
}

async function print(rows: readonly MeasuredRow[], { json, all }: DriftRequest, data: Writable): Promise<void> {
  if (json) return printLines(data, jsonLines(rows));
  const shown = all ? rows : rows.filter(({ verdict }) => verdict === 'moderate' || verdict === 'major');
  await printLines(data, textTable(COLUMNS, cellsOf(shown)));
}

async function* jsonLines(rows: readonly MeasuredRow[]): AsyncGenerator<string> {
  for (const { window_start, ...row } of rows) {
    yield `${JSON.stringify({ window_start: new Date(window_start).toISOString(), ...row })}\n`;
  }
}

async function* cellsOf(rows: readonly MeasuredRow[]) {
  const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1_000) / 1_000);
  for (const { window_start, missing_share, psi, ks, ks_critical, ...row } of rows) {
    const { ward, feature, n, patients, verdict } = row;
    const measures = { psi: rounded(psi), ks: rounded(ks), ks_critical: rounded(ks_critical) };
    const missing = rounded(missing_share);
    yield {
      window_start: new Date(window_start).toISOString(),
      ward,
      feature,
      n,
      patients,
      missing,
      ...measures,
      verdict,
    };
  }
}

function tellAlerts(rows: readonly MeasuredRow[], notes: Writable): void {
  const alerts = rows.filter(({ alert }) => alert);
  for (const { ward, feature, window_start, psi, missing_share } of alerts.slice(0, ALERTS_SHOWN)) {
    const hour = new Date(window_start).toISOString();
    const missing = `${Math.round(100 * missing_share)} % missing`;
    notes.write(`alert: ${feature} in ${ward} from ${hour}: major drift, PSI ${psi.toFixed(2)}, ${missing}\n`);
  }
  const counts = new Map<string, number>();
  for (const { verdict } of rows) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const summary = [...counts].map(([verdict, count]) => `${count} ${verdict.replace('_', ' ')}`).join(', ');
  notes.write(`${rows.length} comparisons: ${summary || 'no reading in this time'}\n`);
}
