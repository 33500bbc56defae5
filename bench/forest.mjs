// Isolation forest: rows a second of scoring and explaining, and the time to train, on rows like those of the stream.
import { DEFAULT_SAMPLE_SIZE, DEFAULT_TREES } from '../dist/model/forest/limits.js';
import { uniformSource } from '../dist/model/forest/random.js';
import { STREAM_FEATURES } from '../dist/model/features.js';
import { trainForest } from '../dist/model/train.js';

const ROWS = 100_000;
const SEED = 1;
const REPEATS = 9;

/** Means and standard deviations of the stream's features, in their order; supplemental oxygen is drawn apart. */
const PROFILE = [
  [87.4, 18.4],
  [19.7, 5.4],
  [97, 2],
  [118.9, 22.9],
  [58.1, 15.4],
  [37.06, 0.86],
  [60, 18],
];

function simulateRows(count) {
  const random = uniformSource('bench', SEED);
  const normal = () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random();
    return sum;
  };
  const rows = new Float64Array(count * STREAM_FEATURES.length);
  for (let at = 0; at < rows.length;) {
    for (const [mean, deviation] of PROFILE) rows[at++] = Math.round(10 * (mean + deviation * normal())) / 10;
    rows[at++] = random() < 0.3 ? 1 : 0;
  }
  return rows;
}

/** Milliseconds of CPU of the median and the fastest run: the machine may be shared. */
function time(run) {
  const times = Array.from({ length: REPEATS }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e3;
  }).sort((a, b) => a - b);
  return { median: times[REPEATS >> 1], least: times[0] };
}

const rows = simulateRows(ROWS);
const options = { seed: SEED, source: 'bench', codeVersion: '0', dataSha256: '0'.repeat(64) };
const training = time(() => trainForest(rows, ROWS, STREAM_FEATURES, options));
const model = trainForest(rows, ROWS, STREAM_FEATURES, options);
const scoring = time(() => model.score(rows, ROWS));
const width = STREAM_FEATURES.length;
const explained = ROWS / 10;
const explaining = time(() => {
  for (let row = 0; row < explained; row++) model.explain(rows.subarray(row * width, (row + 1) * width));
});

const rate = (count, { median, least }) => ({
  rows_per_second: Math.round((1e3 * count) / median),
  microseconds_a_row: +((1e3 * median) / count).toFixed(2),
  best_microseconds_a_row: +((1e3 * least) / count).toFixed(2),
});
console.log(
  JSON.stringify({
    node: process.version,
    trees: DEFAULT_TREES,
    sample_size: DEFAULT_SAMPLE_SIZE,
    features: width,
    nodes: model.trees.feature.length,
    score: rate(ROWS, scoring),
    explain: rate(explained, explaining),
    train_rows: ROWS,
    train_milliseconds: Math.round(training.median),
  }),
);
