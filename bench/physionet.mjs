// NEWS2 against the deaths of 495 real intensive-care stays, and what cleanse makes of 5,349 real values that are out of range
// (PhysioNet/CinC Challenge 2012): node bench/physionet.mjs --data FOLDER [--json]. Figures in docs/scores.md.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { studyNews2 } from './support/physionet-news2.mjs';
import { studyOutOfRange } from './support/physionet-out-of-range.mjs';
import { readCsv } from './support/physionet2012.mjs';

const FILES = ['vitals_500pts', 'outcomes_500pts', 'out_of_range_values'];
const BESIDE = fileURLToPath(new URL('../../shared/reference/realdata', import.meta.url));

const { values: options } = parseArgs({
  options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const files = FILES.map((name) => join(options.data ?? BESIDE, `physionet2012_${name}.csv`));
const absent = files.find((file) => !existsSync(file));
if (absent !== undefined) {
  console.error(`physionet: no ${absent}; name the folder that has it with --data FOLDER`);
  // Unasked, as one bench of all, it has nothing to say.
  process.exit(options.data === undefined ? 0 : 2);
}
const [rows, outcomes, outOfRange] = files.map(readCsv);
const news2 = studyNews2(rows, outcomes);
const out_of_range = studyOutOfRange(outOfRange, rows);
if (options.json) {
  console.log(JSON.stringify({ news2, out_of_range }));
} else {
  const { stays, deaths, readings } = news2;
  console.log(`${stays} stays, ${deaths} deaths, ${readings} readings of ${news2.rows} rows`);
  console.table(news2.inputs.map(({ known_percent, ...input }) => ({ ...input, ...known_percent })));
  console.table(news2.auroc);
  console.table(news2.same_stays);
  for (const [how, { why, ...total }] of Object.entries(out_of_range)) {
    console.log(how, JSON.stringify(total));
    console.table(why);
  }
}
