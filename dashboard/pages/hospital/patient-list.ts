import type { HospitalAnswer, PatientRisk } from '../../api.js';
import { h, text } from '../dom/element.js';
import { KeyedList } from '../dom/keyed.js';
import { numberText } from '../logic/format.js';
import { HIGH_FROM } from '../logic/risk.js';
import type { Frame } from '../shell/page.js';
import { patientRow } from './patient-row.js';
import type { Part } from './part.js';

/** Rows that are drawn at first, and with each press of the button: the worst are on top, the rest is a search away. */
const STEP = 25;

const COLUMNS: readonly (readonly [heading: string, kind: string, title?: string])[] = [
  ['NEWS2', 'news2', 'National Early Warning Score 2; an interval when something is missing'],
  ['Bed', 'bed'],
  ['Last hour', 'trend', `NEWS2 over the last 60 minutes; the hairline is ${HIGH_FROM}, high risk`],
  ['HR', 'number', 'Heart rate, /min'],
  ['RR', 'number', 'Respiratory rate, /min'],
  ['SpO₂', 'number', 'Oxygen saturation, %'],
  ['BP', 'number wide', 'Blood pressure, mmHg'],
  ['Temp', 'number', 'Temperature, °C'],
  ['Anomaly', 'number', 'Anomaly score of the model in use'],
  ['Alerts', 'number', 'Open alerts'],
  ['Patient', 'pseudonym', 'Pseudonym'],
];

/** Patients by risk, the worst first. */
export function patientList(frame: Frame): Part {
  const body = h('tbody');
  const title = h('h2', { id: 'patients' });
  const rows = new KeyedList<PatientRisk>(
    body,
    (patient) => patient.patient_id,
    (patient) => patientRow(frame, patient),
  );
  let limit = STEP;
  let last: HospitalAnswer | null = null;
  const beyond = h('p', { class: 'facts' });
  const more = h('button', { type: 'button', class: 'more' });
  const show = (answer: HospitalAnswer): void => {
    last = answer;
    const ward = frame.route.params['ward'];
    text(title, ward === undefined ? 'Patients by risk' : `Patients of ${ward} by risk`);
    rows.show(answer.patients.slice(0, limit));
    const left = answer.patients.length - limit;
    more.hidden = left <= 0;
    text(more, `Show ${numberText(Math.min(STEP, left))} more of ${numberText(answer.patients_total)}`);
    const rest = answer.patients_total - answer.patients.length;
    text(beyond, left > 0 || rest <= 0 ? '' : `${numberText(rest)} more at lower risk: choose a ward, or search.`);
  };
  more.addEventListener('click', () => {
    limit += STEP;
    if (last) show(last);
  });
  const headings = COLUMNS.map(([heading, kind, hint]) => h('th', { scope: 'col', class: kind, title: hint }, heading));
  const table = h('table', { class: 'patients' }, h('thead', {}, h('tr', {}, ...headings)), body);
  const scroll = h('div', { class: 'scroll', role: 'region', 'aria-labelledby': 'patients', tabindex: '0' }, table);
  return { element: h('section', { class: 'list' }, title, scroll, more, beyond), show };
}
