import type { PatientAnswer } from '../../api.js';
import { attribute, fill, h, text } from '../dom/element.js';
import { intervalText, placeText, vitalShort, vitalText, vitalUnit, wordsText } from '../logic/format.js';
import { bandOfAggregate } from '../logic/risk.js';
import { formatRoute, otherPage } from '../logic/route.js';
import type { Frame } from '../shell/page.js';

/** Who it is (a pseudonym), where, and how they are: the newest value of each vital. */
export function identity(frame: Frame): { readonly element: HTMLElement; show(answer: PatientAnswer): void } {
  const bed = h('h1');
  const facts = h('p', { class: 'facts' });
  const news2 = h('span', { class: 'chip large' });
  const latest = h('dl', { class: 'latest' });
  const alerts = h('a', { class: 'button' }, 'All alerts of this patient');
  const head = h('div', { class: 'identity-head' }, h('div', {}, bed, facts), news2, alerts);
  return {
    element: h('div', { class: 'identity' }, head, latest),
    show: (answer) => {
      text(bed, placeText(answer.ward, answer.bed, 'Patient'));
      fill(facts, ...factsOf(answer));
      attribute(
        alerts,
        'href',
        formatRoute(otherPage(frame.route, { page: 'alerts' }, { patient: answer.patient_id })),
      );
      showScore(news2, answer);
      fill(latest, ...answer.vitals.filter(({ last }) => last.some((value) => value !== null)).map(latestOf));
    },
  };
}

function factsOf({ age, sex, conditions, patient_id }: PatientAnswer): (Node | string)[] {
  const words = [age === null ? null : `${age} years`, sex, conditions.map(wordsText).join(', ')]
    .filter(Boolean)
    .join(' · ');
  return [words, words === '' ? '' : ' · ', h('code', {}, patient_id)];
}

function showScore(chip: HTMLElement, { news2 }: PatientAnswer): void {
  const step = news2.high.findLastIndex((value) => value !== null);
  const [low, high] = [news2.low[step] ?? null, news2.high[step] ?? null];
  text(chip, `NEWS2 ${intervalText(low, high)}`);
  attribute(chip, 'data-band', bandOfAggregate(high));
}

function latestOf({ vital, last, normal }: PatientAnswer['vitals'][number]): HTMLElement {
  const value = last.findLast((each) => each !== null) ?? null;
  const out = normal !== null && value !== null && (value < normal[0] || value > normal[1]);
  const side = out && value < normal[0] ? '↓ low' : '↑ high';
  return h(
    'div',
    { 'data-out': out },
    h('dt', {}, vitalShort(vital)),
    h(
      'dd',
      {},
      h('span', { class: 'latest-value' }, vitalText(vital, value)),
      ` ${vitalUnit(vital)}`,
      out && h('span', { class: 'latest-out' }, side),
    ),
  );
}
