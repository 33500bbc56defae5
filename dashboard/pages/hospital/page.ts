import type { HospitalAnswer } from '../../api.js';
import { h } from '../dom/element.js';
import type { Route } from '../logic/route.js';
import { emptiness } from '../shell/notice.js';
import type { Frame, Page } from '../shell/page.js';
import { question } from '../shell/question.js';
import { alertHeat } from './alert-heat.js';
import { distributions } from './distributions.js';
import { patientList } from './patient-list.js';
import { summary } from './summary.js';
import { wardTiles } from './ward-tiles.js';

/** Scores change by the minute; every two seconds is live enough for a whole hospital, and kind to twenty browsers. */
const EVERY_MS = 2_000;

/** The hospital: wards by risk, who is worst, where the alerts are, how the vitals are spread. */
export function hospitalPage(frame: Frame): Page {
  const place = h('div');
  const empty = h('div');
  const parts = [summary(), wardTiles(frame), patientList(frame), distributions(), alertHeat(frame)] as const;
  const content = h('div', { class: 'hospital' }, ...parts.map((part) => part.element));
  content.hidden = true;
  const draw = (answer: HospitalAnswer): void => {
    content.hidden = answer.wards.length === 0;
    empty.replaceChildren(...(content.hidden ? [nobody(answer)] : []));
    if (!content.hidden) for (const part of parts) part.show(answer);
  };
  const asked = question(frame, place, EVERY_MS, (signal) => frame.source.hospital(wanted(frame.route), signal), draw);
  return {
    element: h('div', {}, h('h1', { class: 'unseen' }, 'Hospital'), place, empty, content),
    title: 'Hospital',
    show: () => asked.restart(),
    committed: () => asked.again(),
    destroy: () => asked.stop(),
  };
}

const wanted = ({ params }: Route): Record<string, string | undefined> => ({
  ward: params['ward'],
  as_of: params['as_of'],
});

function nobody(answer: HospitalAnswer): HTMLElement {
  return answer.live
    ? emptiness(
        'No readings yet.',
        'Start a hospital with “npm start”, or point “vitals run” at a source; patients appear here.',
      )
    : emptiness('Nothing was known at that time.', 'Choose a later time, or return to now.');
}
