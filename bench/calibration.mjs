// False alarms that were asked for, and those that were measured on quiet patients of another seed, by ward: docs/calibration.md.
//
//   npm run build && node bench/calibration.mjs [MODEL-FOLDER] [PATIENTS]
//
// Without a model: the forest that `vitals start` trains. Both sets of patients are simulated for a week, a reading a minute.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureQuiet } from '../dist/cli/calibration/measure.js';
import { SIMULATED_UNIT_TYPES, simulateQuietDays } from '../dist/cli/calibration/quiet-simulated.js';
import { readModelFolder } from '../dist/cli/model-files.js';
import { ensureFirstModel } from '../dist/cli/start/first-model.js';
import { calibrateWards } from '../dist/model/calibration/calibrate.js';
import { DEFAULT_PERSISTENCE } from '../dist/model/calibration/persistence.js';
import { remakeModel } from '../dist/model/remake.js';
import { createPatients } from '../dist/simulator/patients.js';

const SETTINGS = [0.1, 0.5, 1];
const DAYS = 7;
const [folder, patients = '100'] = process.argv.slice(2);

const work = mkdtempSync(join(tmpdir(), 'vitals-bench-'));
try {
  const used = folder || join(work, 'first');
  if (!folder) await ensureFirstModel(used, createPatients('vitals', 500), 'vitals', Date.UTC(2026, 0, 5));
  const model = readModelFolder(used);
  const quietOf = (seed) =>
    simulateQuietDays(model, { patients: Number(patients), days: DAYS, seed }, DEFAULT_PERSISTENCE);
  const [quiet, others] = [quietOf('calibration'), quietOf('another seed')];
  const unitTypes = SIMULATED_UNIT_TYPES(quiet.map(({ ward }) => ward));
  console.log(`${model.id}, ${patients} patients, ${DAYS} days, and as many others`);
  for (const by of ['hospital', 'ward']) {
    for (const falseAlarms of SETTINGS) {
      const options = { falseAlarms, persistence: DEFAULT_PERSISTENCE, by, unitTypes, source: 'bench' };
      const { calibration, wards, hospital } = calibrateWards(quiet, options);
      const measured = measureQuiet(remakeModel(model, { calibration }), others, DEFAULT_PERSISTENCE.rearmMinutes);
      console.log(
        `\n${by}, asked for ${falseAlarms}; on the calibration days of the hospital ${hospital.rate.toFixed(3)}`,
      );
      console.log('| ward | patients | basis | threshold | calibrated | other days | measured |');
      for (const { ward, patientDays, rate } of measured) {
        const own = wards.find((one) => one.ward === ward);
        const { wardPatients = '', basis = 'hospital', threshold, rate: calibrated } = own ?? hospital;
        const figures = [threshold.toFixed(4), calibrated.toFixed(2), patientDays, rate.toFixed(2)];
        console.log(`| ${[ward, wardPatients, basis, ...figures].join(' | ')} |`);
      }
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
