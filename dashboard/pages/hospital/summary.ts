import type { HospitalAnswer } from '../../api.js';
import { h, text } from '../dom/element.js';
import { numberText } from '../logic/format.js';
import { HIGH_FROM, MEDIUM_FROM, type Band } from '../logic/risk.js';
import type { Part } from './part.js';

/** The hospital in five figures, to be read from the door. */
export function summary(): Part {
  const figures = [
    figure('Patients', 'patients'),
    figure('High risk', 'high', `NEWS2 ≥ ${HIGH_FROM}`),
    figure('Medium risk', 'medium', `NEWS2 ${MEDIUM_FROM}–${HIGH_FROM - 1}`),
    figure('Alerts, last hour', 'alerts'),
  ] as const;
  const [patients, high, medium, alerts] = figures;
  return {
    element: h('dl', { class: 'figures', 'aria-label': 'Summary' }, ...figures.map((each) => each.element)),
    show: ({ wards }: HospitalAnswer) => {
      const band = (name: Band): number => wards.reduce((sum, ward) => sum + ward.bands[name], 0);
      patients.show(wards.reduce((sum, ward) => sum + ward.patients, 0));
      high.show(band('high'));
      medium.show(band('medium'));
      alerts.show(wards.reduce((sum, ward) => sum + ward.alerts_last_hour, 0));
    },
  };
}

function figure(name: string, kind: string, hint = ''): { readonly element: HTMLElement; show(value: number): void } {
  const value = h('span', { class: 'figure-value' });
  return {
    element: h(
      'div',
      { class: 'figure', 'data-kind': kind },
      h('dt', {}, name),
      h('dd', {}, value, hint && h('small', {}, hint)),
    ),
    show: (next) => text(value, numberText(next)),
  };
}
