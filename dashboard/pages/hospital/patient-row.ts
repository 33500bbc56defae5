import type { PatientRisk } from '../../api.js';
import { sparkline } from '../charts/sparkline.js';
import { attribute, h, text } from '../dom/element.js';
import type { Drawn } from '../dom/keyed.js';
import { intervalText, numberText, NO_VALUE, placeText, vitalText, wordsText } from '../logic/format.js';
import { BAND_TEXT } from '../logic/risk.js';
import { formatRoute, otherPage } from '../logic/route.js';
import type { Frame } from '../shell/page.js';

/** A patient in the list: one row, changed in place. */
export function patientRow(frame: Frame, first: PatientRisk): Drawn<PatientRisk> {
  const chip = h('span', { class: 'chip' });
  const link = h('a');
  const spark = sparkline(first.sparkline);
  const numbers = Array.from({ length: 7 }, (_, index) => h('td', { class: index === 3 ? 'number wide' : 'number' }));
  const row = h(
    'tr',
    {},
    h('td', { class: 'news2' }, chip),
    h('th', { scope: 'row', class: 'bed' }, link),
    h('td', { class: 'trend' }, spark.element),
    ...numbers,
    h('td', { class: 'pseudonym' }, h('code', { title: first.patient_id }, first.patient_id.slice(0, 10))),
  );
  const update = (patient: PatientRisk): void => {
    text(link, placeText(patient.ward, patient.bed, 'no bed'));
    attribute(link, 'href', formatRoute(otherPage(frame.route, { page: 'patient', patient: patient.patient_id })));
    showRisk(chip, patient);
    spark.update(patient.sparkline);
    valuesOf(patient).forEach((value, index) => text(numbers[index]!, value));
    attribute(numbers[6]!, 'data-some', patient.open_alerts > 0);
  };
  update(first);
  return { element: row, update };
}

function valuesOf({ vitals, anomaly_score, open_alerts }: PatientRisk): string[] {
  return [
    vitalText('heart_rate', vitals.heart_rate),
    vitalText('respiratory_rate', vitals.respiratory_rate),
    vitalText('spo2', vitals.spo2),
    pressure(vitals.systolic_bp, vitals.diastolic_bp),
    vitalText('temperature', vitals.temperature),
    numberText(anomaly_score, 2),
    open_alerts === 0 ? NO_VALUE : numberText(open_alerts),
  ];
}

function pressure(systolic: number | null, diastolic: number | null): string {
  if (systolic === null && diastolic === null) return NO_VALUE;
  return `${numberText(systolic)}/${numberText(diastolic)}`;
}

/** NEWS2 with the name of its band; what was missing is said under the pointer and to screen readers. */
function showRisk(chip: HTMLElement, patient: PatientRisk): void {
  const band = patient.risk_band ?? 'unknown';
  const score = intervalText(patient.news2_low, patient.news2_high);
  attribute(chip, 'data-band', band);
  text(chip, band === 'unknown' ? BAND_TEXT.unknown : `${score} ${BAND_TEXT[band].toLowerCase()}`);
  const missing = patient.news2_missing.map(wordsText).join(', ');
  attribute(chip, 'title', missing === '' ? null : `An interval: ${missing} missing`);
}
