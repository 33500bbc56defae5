import type { AlertsAnswer } from '../../api.js';
import { fill, h } from '../dom/element.js';
import { wordsText } from '../logic/format.js';
import { capitalised, SEVERITIES, STATUSES } from '../logic/risk.js';
import type { Frame } from '../shell/page.js';

/** The filters of the list; what is chosen stands in the address. */
export function filters(frame: Frame): { readonly element: HTMLElement; show(answer: AlertsAnswer): void } {
  const set = (name: string, value: string): void => {
    frame.go({ ...frame.route, params: { ...frame.route.params, [name]: value } });
  };
  const names = ['status', 'severity', 'ward', 'rule'] as const;
  const selects = names.map((name) => {
    const select = h('select', { id: `filter-${name}`, on: { change: () => set(name, select.value) } });
    return [name, select] as const;
  });
  const patient = h('button', { type: 'button', on: { click: () => set('patient', '') } });
  let drawn = '';
  const element = h(
    'form',
    { class: 'filters', 'aria-label': 'Filters', on: { submit: (event) => event.preventDefault() } },
    ...selects.map(([name, select]) => h('label', { for: `filter-${name}` }, capitalised(name), select)),
    patient,
  );
  return {
    element,
    show: ({ wards, rules }) => {
      const choices = { status: STATUSES, severity: SEVERITIES, ward: wards, rule: rules } as const;
      const { params } = frame.route;
      const key = JSON.stringify([choices, params]);
      if (key === drawn) return;
      drawn = key;
      for (const [name, select] of selects) options(select, choices[name], params[name] ?? '');
      patient.hidden = !params['patient'];
      fill(patient, `Patient ${(params['patient'] ?? '').slice(0, 10)} `, h('span', { 'aria-hidden': 'true' }, '✕'));
    },
  };
}

/** A value of the address that the answer does not know is offered too: a shared link keeps its meaning. */
function options(select: HTMLSelectElement, values: readonly string[], chosen: string): void {
  const all = chosen === '' || values.includes(chosen) ? values : [chosen, ...values];
  fill(
    select,
    h('option', { value: '' }, 'All'),
    ...all.map((value) => h('option', { value }, select.id === 'filter-ward' ? value : capitalised(wordsText(value)))),
  );
  select.value = chosen;
}
