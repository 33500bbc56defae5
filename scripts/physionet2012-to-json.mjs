#!/usr/bin/env node
/**
 * Turns the vital signs of the PhysioNet/CinC Challenge 2012 (a CSV with one row a stay and minute) into JSON v1, a
 * message a line, so that real intensive-care data can be run through the pipeline:
 *
 *   node scripts/physionet2012-to-json.mjs < physionet2012_vitals.csv > landing/physionet.ndjson
 *
 * Times count from ADMISSION, because the set only says minutes since admission. Values go through untouched, the
 * impossible ones too: refusing them is the pipeline's business.
 */
import { createInterface } from 'node:readline';

const ADMISSION = Date.UTC(2026, 0, 1);

/** Glasgow coma scale to ACVPU: 15 alert, 13-14 new confusion, 9-12 voice, 4-8 pain, 3 unresponsive (RCP 2017, approximate). */
function consciousness(gcs) {
  if (gcs === null) return null;
  if (gcs >= 15) return 'A';
  if (gcs >= 13) return 'C';
  if (gcs >= 9) return 'V';
  return gcs >= 4 ? 'P' : 'U';
}

let columns = null;
for await (const line of createInterface({ input: process.stdin })) {
  const cells = line.replace(/^\uFEFF/, '').split(',');
  if (columns === null) {
    columns = cells;
    continue;
  }
  const cell = (name) => cells[columns.indexOf(name)] ?? '';
  const number = (name) => (cell(name) === '' ? null : Number(cell(name)));
  const fio2 = number('FiO2');
  const message = {
    version: 1,
    patient_id: `S${cell('RecordID')}`,
    device_id: `ICU-${cell('RecordID')}`,
    ward: 'ICU',
    event_time: new Date(ADMISSION + number('minute_since_icu_admission') * 60_000).toISOString(),
    heart_rate: number('HR'),
    respiratory_rate: number('RespRate'),
    spo2: number('SaO2'),
    systolic_bp: number('SysABP') ?? number('NISysABP'),
    diastolic_bp: number('DiasABP') ?? number('NIDiasABP'),
    mean_bp: number('MAP') ?? number('NIMAP'),
    temperature: number('Temp'),
    fio2: fio2 === null ? null : Math.round(fio2 * 100),
    consciousness: consciousness(number('GCS')),
  };
  process.stdout.write(JSON.stringify(message) + '\n');
}
