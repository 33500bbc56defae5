// What a window sees that a single reading does not: 60 simulated patients with steady vitals, a reading a minute for three
// hours; 2 % of the readings jump by 30 beats and 30 mmHg within the usual range. Trains and measures on the same rows.
//
//   npm run build && node bench/windows.mjs
import { historyColumn, parseHistoryFeature } from '../dist/model/features/history.js';
import { uniformSource } from '../dist/model/forest/random.js';
import { trainModel } from '../dist/model/train.js';

const PATIENTS = 60;
const MINUTES = 180;
const COUNT = PATIENTS * MINUTES;
const HISTORY = ['heart_rate_deviation_15m', 'systolic_bp_deviation_15m', 'heart_rate_slope_5m'];

const random = uniformSource('bench windows');
const normal = () => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
};
const columns = { heart_rate: [], spo2: [], systolic_bp: [], diastolic_bp: [] };
const labels = new Uint8Array(COUNT);
const series = { patients: new Uint32Array(COUNT), times: new Float64Array(COUNT) };
for (let patient = 0; patient < PATIENTS; patient++) {
  const own = [60 + 50 * random(), 100 + 50 * random(), 60 + 25 * random()];
  const now = [...own];
  for (let minute = 0; minute < MINUTES; minute++) {
    const row = patient * MINUTES + minute;
    [0.8, 1.2, 0.8].forEach((sd, i) => (now[i] += 0.05 * (own[i] - now[i]) + sd * normal()));
    labels[row] = random() < 0.02 ? 1 : 0;
    const jump = (value, middle) => Math.round(value + (labels[row] === 0 ? 0 : value > middle ? -30 : 30));
    columns.heart_rate.push(random() < 0.05 ? NaN : jump(now[0], 85));
    columns.spo2.push(Math.min(100, Math.round(96.5 + 0.7 * normal())));
    columns.systolic_bp.push(jump(now[1], 125));
    columns.diastolic_bp.push(Math.round(now[2]));
    series.patients[row] = patient;
    series.times[row] = 60_000 * minute;
  }
}

async function aucOf(kind, named) {
  const values = Object.values(named);
  const data = { count: COUNT, width: values.length, cell: (row, column) => values[column][row] };
  const features = Object.keys(named).map((name) => ({ name, unit: null }));
  const options = { seed: 1, source: 'bench', codeVersion: '0', labels };
  const { metrics } = await trainModel(kind, { data, features, series }, options);
  return +metrics.labelled_training_rows.auc.toFixed(3);
}

const history = Object.fromEntries(
  HISTORY.map((name) => {
    const feature = parseHistoryFeature(name);
    return [name, historyColumn(Float64Array.from(columns[feature.base]), series, feature)];
  }),
);
console.log(
  JSON.stringify({
    rows: COUNT,
    forest: await aucOf('forest', columns),
    autoencoder: await aucOf('autoencoder', columns),
    lstm: await aucOf('lstm', columns),
    forest_of_history: await aucOf('forest', history),
  }),
);
