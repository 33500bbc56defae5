// Rows a second of every scorer on one core, beside scikit-learn's isolation forest on the same rows in the same sitting,
// and how far our kernels are from the library that trained the networks.
//
//   npm run build && taskset -c 1 node bench/scorers.mjs [PYTHON with scikit-learn]
//
// CPU time, not time on the clock: the machine may be shared. Ours and scikit-learn's runs alternate.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModelFolder, writeModelFolder } from '../dist/cli/model-files.js';
import { createEncoder } from '../dist/model/features/encoder.js';
import { DERIVED_STREAM_FEATURES, featureFiller, STREAM_FEATURES } from '../dist/model/features.js';
import { windowRows } from '../dist/model/features/windows.js';
import { uniformSource } from '../dist/model/forest/random.js';
import { rowMajor } from '../dist/model/matrix.js';
import { loadLibrary } from '../dist/model/neural/library.js';
import { toLibraryModel } from '../dist/model/neural/library-model.js';
import { compileNetwork } from '../dist/model/neural/network.js';
import { trainModel } from '../dist/model/train.js';

const ROWS = 100_000;
const TRAINING_ROWS = 20_000;
const COMPARED_ROWS = 10_000;
const REPEATS = 7;
const PATIENTS = 100;
const MINUTE = 60_000;
const OPTIONS = { seed: 1, source: 'bench', codeVersion: '0', dataSha256: '0'.repeat(64) };

/** Readings of 100 patients, one a minute, that drift about each one's own mean (CLINICAL figures of ICU stays); 5 % gaps. */
function simulateReadings(count) {
  const random = uniformSource('bench scorers');
  const normal = () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random();
    return sum;
  };
  const profile = {
    heart_rate: [87.4, 18.4],
    respiratory_rate: [19.7, 5.4],
    spo2: [97, 2],
    systolic_bp: [118.9, 22.9],
  };
  Object.assign(profile, { diastolic_bp: [58.1, 15.4], temperature: [37.06, 0.86] });
  const patients = Array.from({ length: PATIENTS }, () => {
    const state = Object.entries(profile).map(([name, [mean, sd]]) => ({
      name,
      sd,
      mean: mean + 0.8 * sd * normal(),
      x: 0,
    }));
    return { state, age: Math.round(20 + 70 * random()), oxygen: random() < 0.3 };
  });
  return Array.from({ length: count }, (_, i) => {
    const { state, age, oxygen } = patients[i % PATIENTS];
    const reading = { mean_bp: null, glucose: null, age, supplemental_oxygen: oxygen, patient: i % PATIENTS };
    for (const vital of state) {
      vital.x = 0.95 * vital.x + 0.2 * normal();
      const value = vital.mean + 0.6 * vital.sd * vital.x;
      reading[vital.name] = random() < 0.05 ? null : Math.round(10 * value) / 10;
    }
    return { ...reading, event_time: 1_767_225_600_000 + Math.floor(i / PATIENTS) * MINUTE };
  });
}

function matrixOf(readings, features) {
  const values = new Float64Array(readings.length * features.length);
  const fill = featureFiller(features);
  readings.forEach((reading, i) => fill(reading, values, i * features.length));
  return { values, data: rowMajor(values, readings.length, features.length) };
}

/** Microseconds of CPU a row, of each of the runs. */
function time(count, run) {
  run();
  return Array.from({ length: REPEATS }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / count;
  });
}

const rate = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  return { rows_per_second: Math.round(1e6 / sorted[sorted.length >> 1]), best: Math.round(1e6 / sorted[0]) };
};

const SCIKIT = `
import sys, time, json, numpy as np
from sklearn.ensemble import IsolationForest
import sklearn
X = np.fromfile(sys.argv[1]).reshape(-1, int(sys.argv[2]))
X = np.where(np.isnan(X), np.nanmedian(X, axis=0), X)
m = IsolationForest(n_estimators=100, max_samples=256, random_state=42, n_jobs=1).fit(X[: int(sys.argv[3])])
X = X.astype(np.float32)
m.score_samples(X)
out = []
for _ in range(int(sys.argv[4])):
    t = time.process_time(); m.score_samples(X); out.append(1e6 * (time.process_time() - t) / len(X))
print(json.dumps({"version": sklearn.__version__, "times": out}))
`;

function scikit(python, folder, values, width) {
  const file = join(folder, 'rows.f64');
  writeFileSync(file, Buffer.from(values.buffer));
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const args = ['-c', SCIKIT, file, String(width), String(TRAINING_ROWS), String(REPEATS)];
  const { stdout, stderr, status } = spawnSync(python, args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The largest difference between what our kernels and the library expect of the same rows, in deviations. */
function difference(library, model, rows, count) {
  const { network, features } = model;
  const encoder = createEncoder(features);
  const predict = compileNetwork(network);
  const { slots, steps } = network;
  const read = Math.max(1, steps - 1);
  const encoded = new Float64Array(steps * slots);
  const inputs = new Float32Array(count * read * slots);
  const ours = new Float64Array(count * slots);
  for (let row = 0; row < count; row++) {
    for (let step = 0; step < steps; step++) {
      encoder.encode(rows, (row * steps + step) * features.length, encoded, step * slots);
    }
    inputs.set(encoded.subarray(0, read * slots), row * read * slots);
    ours.set(predict(encoded).subarray(0, slots), row * slots);
  }
  const theirs = library.core.tidy(() => {
    const x = library.core.tensor(inputs, steps > 1 ? [count, read, slots] : [count, slots]);
    return toLibraryModel(library, network).predict(x).dataSync();
  });
  return ours.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i])), 0);
}

/** Scores rows in a process of its own, as a pipeline does: with several models in one, V8 inlines less. */
function timeApart(folder, model, rows) {
  const made = join(folder, model.id);
  const file = join(folder, 'scored.f64');
  writeModelFolder(made, model);
  writeFileSync(file, new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), '--score', made, file],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

if (process.argv[2] === '--score') {
  const model = readModelFolder(process.argv[3]);
  const rows = new Float64Array(new Uint8Array(readFileSync(process.argv[4])).buffer);
  console.log(JSON.stringify(time(ROWS, () => model.score(rows, ROWS))));
  process.exit(0);
}

const python = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'vitals-bench-scorers-'));
try {
  const readings = simulateReadings(ROWS);
  const plain = matrixOf(readings, STREAM_FEATURES);
  const derived = matrixOf(readings, DERIVED_STREAM_FEATURES);
  const series = {
    patients: Uint32Array.from(readings, ({ patient }) => patient),
    times: Float64Array.from(readings, ({ event_time }) => event_time),
  };
  const part = (matrix) => ({ ...matrix, count: TRAINING_ROWS });
  const first = { patients: series.patients.slice(0, TRAINING_ROWS), times: series.times.slice(0, TRAINING_ROWS) };
  const train = (kind, { data }, features) => trainModel(kind, { data: part(data), features, series: first }, OPTIONS);
  const forest = await train('forest', plain, STREAM_FEATURES);
  const autoencoder = await train('autoencoder', plain, STREAM_FEATURES);
  const wide = await train('autoencoder', derived, DERIVED_STREAM_FEATURES);
  const lstm = await train('lstm', plain, STREAM_FEATURES);
  const source = windowRows(plain.data, series, lstm.window);
  const windows = new Float64Array(ROWS * source.width);
  for (let row = 0; row < ROWS; row++) source.fill(row, windows, row * source.width);
  const peers = python === undefined ? [] : [scikit(python, folder, plain.values, STREAM_FEATURES.length)];
  const times = {
    forest: timeApart(folder, forest, plain.values),
    autoencoder: timeApart(folder, autoencoder, plain.values),
    autoencoder_derived: timeApart(folder, wide, derived.values),
    lstm: timeApart(folder, lstm, windows),
  };
  if (python !== undefined) peers.push(scikit(python, folder, plain.values, STREAM_FEATURES.length));
  const library = await loadLibrary('lstm');
  const last = (ROWS - COMPARED_ROWS) * source.width;
  console.log(
    JSON.stringify(
      {
        node: process.version,
        rows: ROWS,
        ...Object.fromEntries(Object.entries(times).map(([name, runs]) => [name, rate(runs)])),
        scikit_learn:
          peers.length === 0 ? null : { version: peers[0].version, ...rate(peers.flatMap((peer) => peer.times)) },
        largest_difference: {
          rows: COMPARED_ROWS,
          trainer: library.name,
          autoencoder: difference(library, autoencoder, plain.values, COMPARED_ROWS),
          autoencoder_derived: difference(library, wide, derived.values, COMPARED_ROWS),
          lstm: difference(library, lstm, windows.subarray(last), COMPARED_ROWS),
        },
      },
      null,
      2,
    ),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
