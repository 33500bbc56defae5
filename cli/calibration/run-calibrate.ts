import { openLakeSnapshot } from '../../lake/reader.js';
import type { TrainedModel } from '../../model/algorithms.js';
import {
  calibrateWards,
  leastDays,
  type WardCalibration,
  type PatientDays,
} from '../../model/calibration/calibrate.js';
import { DEFAULT_PERSISTENCE, type Persistence } from '../../model/calibration/persistence.js';
import { remakeModel } from '../../model/remake.js';
import { silverTimes } from '../../query/readings/read-silver.js';
import { textTable } from '../../query/text-table.js';
import { ConfigurationError } from '../../schema/errors.js';
import { parseTime } from '../../simulator/times.js';
import { lakeUrl } from '../lake-url.js';
import { readModelFolder, writeModelFolder } from '../model-files.js';
import { printLines } from '../query/print-lines.js';
import { measureCalibration, type MeasuredWard } from './measure.js';
import { parsePersistence } from './persistence-option.js';
import { silverQuietDays } from './quiet-silver.js';
import { SIMULATED_UNIT_TYPES, simulateQuietDays } from './quiet-simulated.js';
import { parseUnitTypes } from './unit-types.js';

/** What `vitals model calibrate` was asked. */
export interface CalibrateRequest {
  readonly folder: string;
  readonly lake: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly simulate: number | undefined;
  readonly days: number;
  readonly seed: string;
  readonly 'false-alarms': number;
  readonly persistence: string;
  readonly by: 'ward' | 'hospital';
  readonly 'unit-type': readonly string[];
  /** Simulated patients of another seed to measure the rate on; 0 for none. */
  readonly check: number;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** Calibrates a model, writes it as another folder, and prints what came of each ward. @throws ConfigurationError, LakeError */
export async function runCalibrate(request: CalibrateRequest): Promise<void> {
  const persistence = parsePersistence(request.persistence);
  requireRequest(request);
  const model = readModelFolder(request.folder);
  const { quiet, source, unitTypes } = await quietOf(request, model, persistence);
  const found = calibrateWards(quiet, {
    ...{ falseAlarms: request['false-alarms'], persistence, by: request.by },
    ...{ unitTypes, source },
  });
  const calibrated = remakeModel(model, { calibration: found.calibration });
  if (request.out !== undefined) writeModelFolder(request.out, calibrated);
  const { check, days, seed } = request;
  const measured =
    check === 0 ? null : measureCalibration(calibrated, { patients: check, days, seed: `${seed} check` });
  await print(request, calibrated.id, found, measured);
  tell(request, calibrated, found, persistence);
}

interface Quiet {
  readonly quiet: readonly PatientDays[];
  readonly source: string;
  readonly unitTypes: ReadonlyMap<string, string>;
}

async function quietOf(request: CalibrateRequest, model: TrainedModel, persistence: Persistence): Promise<Quiet> {
  const given = parseUnitTypes(request['unit-type']);
  if (request.simulate !== undefined) {
    const { days, seed } = request;
    const quiet = simulateQuietDays(model, { patients: request.simulate, days, seed }, persistence);
    const wards = quiet.flatMap(({ ward }) => (ward === null ? [] : [ward]));
    const unitTypes = given.size > 0 ? given : SIMULATED_UNIT_TYPES(wards);
    return { quiet, source: 'simulated quiet patients', unitTypes };
  }
  const snapshot = await openLakeSnapshot(lakeUrl(request.lake as string));
  const all = silverTimes(snapshot) ?? { from: 0, to: 0 };
  const times = {
    from: request.from === undefined ? all.from : parseTime('--from', request.from),
    to: request.to === undefined ? all.to : parseTime('--to', request.to),
  };
  const { quiet, alerted } = await silverQuietDays(snapshot, model, times, persistence);
  const days = quiet.reduce((sum, ward) => sum + ward.days.length, 0);
  process.stderr.write(`${days} quiet patient-days; ${alerted} others had an urgent or critical alert\n`);
  return { quiet, source: 'quiet patient-days of silver', unitTypes: given };
}

function requireRequest({ lake, simulate, days, check, 'false-alarms': rate }: CalibrateRequest): void {
  if ((lake === undefined) === (simulate === undefined)) {
    const problem = lake === undefined ? 'whose quiet days is not said' : 'two sources of quiet days are named';
    throw new ConfigurationError('--lake', problem, 'Give --lake DIR or --simulate PATIENTS.');
  }
  for (const [flag, value, least] of [
    ['--simulate', simulate ?? 1, 1],
    ['--days', days, 1],
    ['--check', check, 0],
  ] as const) {
    if (Number.isInteger(value) && value >= least) continue;
    throw new ConfigurationError(flag, `${value} is not a whole number from ${least}`, 'Give a whole number.');
  }
  if (!(rate > 0)) throw new ConfigurationError('--false-alarms', `${rate} is not above 0`, 'Give a rate such as 0.5.');
  if (simulate === undefined || simulate * days >= leastDays(rate)) return;
  const problem = `${rate} a day cannot be calibrated on ${simulate * days} patient-days`;
  throw new ConfigurationError('--false-alarms', problem, `Simulate at least ${leastDays(rate)}: --simulate, --days.`);
}

const COLUMNS = ['ward', 'patients', 'quiet_days', 'basis', 'basis_days', 'threshold', 'alarms_per_day'] as const;

async function print(
  { json }: CalibrateRequest,
  id: string,
  { calibration, wards, hospital }: WardCalibration,
  measured: readonly MeasuredWard[] | null,
): Promise<void> {
  const all = { ward: '*', basis: 'hospital', wardPatients: null, wardDays: hospital.patientDays, ...hospital };
  const rows = [...wards, all].map(({ ward, wardPatients, wardDays, basis, patientDays, threshold, rate }) => {
    const other = measured?.find((one) => one.ward === ward);
    const row = {
      ward,
      patients: wardPatients,
      quiet_days: wardDays,
      basis,
      basis_days: patientDays,
      threshold,
      alarms_per_day: rate,
    };
    return measured === null
      ? row
      : { ...row, other_days: other?.patientDays ?? 0, measured_per_day: other?.rate ?? null };
  });
  if (json) {
    process.stdout.write(JSON.stringify({ id, calibration, wards: rows }) + '\n');
    return;
  }
  const columns = measured === null ? COLUMNS : [...COLUMNS, 'other_days', 'measured_per_day'];
  await printLines(process.stdout, textTable(columns, rounded(rows)));
}

async function* rounded(rows: readonly Readonly<Record<string, string | number | null>>[]) {
  for (const row of rows) {
    yield Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === 'number' ? Number(value.toPrecision(4)) : value,
      ]),
    );
  }
}

function tell(request: CalibrateRequest, model: TrainedModel, { wards }: WardCalibration, persistence: Persistence) {
  const borrowed = wards.filter(({ basis }) => basis !== 'ward');
  if (borrowed.length > 0) {
    const least = leastDays(request['false-alarms']);
    const list = borrowed.map(({ ward, basis }) => `${ward} (${basis})`).join(', ');
    process.stderr.write(
      `fewer than ${least} patients of their own, as ${request['false-alarms']} a day needs: ${list}\n`,
    );
  }
  const { k, n, rearmMinutes } = DEFAULT_PERSISTENCE;
  if (persistence.k !== k || persistence.n !== n || persistence.rearmMinutes !== rearmMinutes) {
    process.stderr.write(
      `gold.anomaly_alarms alarms by ${k} of ${n} minutes and ${rearmMinutes} to arm again: another persistence has another rate there\n`,
    );
  }
  if (request.simulate !== undefined) {
    process.stderr.write('simulated patients: the rate holds for such as those, and says nothing about real ones\n');
  }
  const where = request.out === undefined ? 'not written: name a folder with --out' : `written to ${request.out}`;
  process.stderr.write(`${model.id}: ${where}\n`);
}
