import type { PipelineAnswer } from '../../api.js';
import { attribute, h, text } from '../dom/element.js';
import { numberText } from '../logic/format.js';
import type { PipelinePart } from './part.js';

type Totals = PipelineAnswer['totals'];

const TERMS: readonly (readonly [sign: string, name: string, key: keyof Totals])[] = [
  ['', 'Received', 'received'],
  ['=', 'Silver', 'silver'],
  ['+', 'Dead letter', 'dead_letter'],
  ['+', 'Suppressed repeats', 'suppressed'],
];

const BESIDE: readonly (readonly [name: string, key: keyof Totals])[] = [
  ['messages', 'messages'],
  ['fields rejected', 'field_rejects'],
  ['conflicts', 'conflicts'],
  ['alerts', 'alerts'],
];

/** Nothing vanishes, as a sum to be read: received = silver + dead letter + suppressed. */
export function accounting(): PipelinePart {
  const values = TERMS.map(() => h('span', { class: 'term-value' }));
  const terms = TERMS.map(([sign, name], index) =>
    h(
      'div',
      { class: 'term' },
      sign && h('span', { class: 'sign' }, sign),
      h('div', {}, values[index]!, h('span', { class: 'term-name' }, name)),
    ),
  );
  const verdict = h('p', { class: 'verdict', role: 'status' });
  const beside = h('p', { class: 'facts' });
  return {
    element: h(
      'section',
      { class: 'accounting', 'aria-labelledby': 'sum' },
      h('h2', { id: 'sum' }, 'Every item is accounted for'),
      h('div', { class: 'sum' }, ...terms),
      verdict,
      beside,
    ),
    show: ({ totals, accounted }) => {
      TERMS.forEach(([, , key], index) => text(values[index]!, numberText(totals[key])));
      attribute(verdict, 'data-ok', String(accounted));
      text(
        verdict,
        accounted
          ? '✓ It adds up'
          : `✗ ${numberText(difference(totals))} items are not accounted for: run “vitals audit”`,
      );
      text(beside, BESIDE.map(([name, key]) => `${numberText(totals[key])} ${name}`).join(' · '));
    },
  };
}

const difference = ({ received, silver, dead_letter, suppressed }: Totals): number =>
  received - silver - dead_letter - suppressed;
