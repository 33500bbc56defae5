import { readFileSync } from 'node:fs';

/** Times count from it, because the set only says minutes since admission. */
export const ADMISSION = Date.UTC(2026, 0, 1);

/**
 * Glasgow coma scale to ACVPU: 15 alert, 13-14 new confusion, 9-12 voice, 4-8 pain, 3 unresponsive (approximate). For the
 * scores only 15 against less matters, which is where qSOFA has its criterion; it does not tell sedation from illness.
 */
export function consciousnessOf(gcs) {
  if (gcs === null) return null;
  if (gcs >= 15) return 'A';
  if (gcs >= 13) return 'C';
  if (gcs >= 9) return 'V';
  return gcs >= 4 ? 'P' : 'U';
}

/** The rows of a CSV file without quoted cells, as objects by its header; a byte order mark and CRLF are no content. */
export function readCsv(file) {
  const [header, ...lines] = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

/**
 * One row of the PhysioNet/CinC Challenge 2012 as a JSON v1 message. Values go through untouched, the impossible ones too:
 * refusing them is the pipeline's business. An arterial line, where there is one, is read before the cuff, and never one
 * pressure of each; the saturation is that of the arterial blood (SaO2), for the set has no pulse oximetry.
 */
export function messageOf(row) {
  const number = (name) => ((row[name] ?? '') === '' ? null : Number(row[name]));
  const invasive = number('SysABP') !== null || number('DiasABP') !== null;
  const fio2 = number('FiO2');
  return {
    version: 1,
    patient_id: `S${row.RecordID}`,
    device_id: `ICU-${row.RecordID}`,
    ward: 'ICU',
    event_time: new Date(ADMISSION + number('minute_since_icu_admission') * 60_000).toISOString(),
    heart_rate: number('HR'),
    respiratory_rate: number('RespRate'),
    spo2: number('SaO2'),
    systolic_bp: number(invasive ? 'SysABP' : 'NISysABP'),
    diastolic_bp: number(invasive ? 'DiasABP' : 'NIDiasABP'),
    mean_bp: number('MAP') ?? number('NIMAP'),
    temperature: number('Temp'),
    fio2: fio2 === null ? null : Math.round(fio2 * 100),
    consciousness: consciousnessOf(number('GCS')),
  };
}
