import type { PatientAnswer } from '../../api.js';
import { chartGroup } from '../charts/group.js';
import { h } from '../dom/element.js';
import type { Route } from '../logic/route.js';
import { epoch } from '../logic/times.js';
import { rangeOfKey, type TimeRange } from '../logic/zoom.js';
import type { Frame, Page } from '../shell/page.js';
import { question } from '../shell/question.js';
import { askedRange, enough, wholeRange } from './ranges.js';
import { contributionBars } from './contributions.js';
import { eventPanel } from './event-panel.js';
import { identity } from './identity.js';
import { panel } from './panel.js';
import { anomalyPanel, news2Panel } from './score-panels.js';
import { toolbar } from './toolbar.js';
import { vitalPanel } from './vital-panel.js';

const EVERY_MS = 2_000;
const HOUR_MS = 3_600_000;

/** One patient over time: every chart shows the same range, and points at the same moment. */
export function patientPage(frame: Frame): Page {
  const id = frame.route.patient ?? '';
  let answer: PatientAnswer | null = null;
  /** What is on the way or loaded: a zoom inside it asks nothing. */
  let loaded: TimeRange | null = null;

  const chosen = (): TimeRange | null => {
    const [from, to] = [epoch(frame.route.params['from']), epoch(frame.route.params['to'])];
    return from === null || to === null || from >= to ? null : { from, to };
  };
  const choose = (range: TimeRange | null): void => {
    const iso = (time: number): string => new Date(Math.round(time / 1_000) * 1_000).toISOString();
    const [from, to] = range ? [iso(range.from), iso(range.to)] : ['', ''];
    frame.go({ ...frame.route, params: { ...frame.route.params, from, to } }, true);
  };
  const group = chartGroup('patient', { from: Date.now() - 4 * HOUR_MS, to: Date.now() }, choose);
  const bars = contributionBars();
  const panels = [
    panel(group, eventPanel()),
    panel(group, news2Panel()),
    panel(group, anomalyPanel(bars.show), bars.element),
    panel(group, vitalPanel('Heart rate', ['heart_rate'])),
    panel(group, vitalPanel('Respiratory rate', ['respiratory_rate'])),
    panel(group, vitalPanel('Oxygen saturation', ['spo2'])),
    panel(group, vitalPanel('Blood pressure', ['systolic_bp', 'diastolic_bp'])),
    panel(group, vitalPanel('Temperature', ['temperature'])),
    panel(group, vitalPanel('Glucose', ['glucose'])),
    panel(group, vitalPanel('Mean pressure', ['mean_bp'])),
  ];
  const person = identity(frame);
  const key = (name: string): boolean => {
    const next = rangeOfKey(name, group.range);
    if (next === null) return false;
    choose(next === 'reset' ? null : next);
    return true;
  };
  const last = (hours: number): void => {
    const end = epoch(frame.route.params['as_of']) ?? epoch(answer?.time) ?? Date.now();
    choose({ from: end - hours * HOUR_MS, to: end });
  };
  const place = h('div');
  const charts = h('div', { class: 'charts' }, ...panels.map((each) => each.element));
  const content = h(
    'div',
    { class: 'patient' },
    person.element,
    toolbar(last, (name) => void key(name)),
    charts,
  );
  content.hidden = true;

  const draw = (next: PatientAnswer): void => {
    answer = next;
    content.hidden = false;
    group.show(chosen() ?? wholeRange(next));
    person.show(next);
    for (const each of panels) each.show(next);
  };
  const asked = question(
    frame,
    place,
    EVERY_MS,
    (signal) => {
      const range = askedRange(chosen());
      loaded = range;
      const times = range ? { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() } : {};
      return frame.source.patient(id, { ...times, as_of: frame.route.params['as_of'] }, signal);
    },
    draw,
  );

  let shown: Route | null = null;
  return {
    element: h('div', {}, place, content),
    title: 'Patient',
    show: (route) => {
      const moved = shown?.params['as_of'] !== route.params['as_of'] || shown === null;
      shown = route;
      const range = chosen();
      if (answer && !moved && range) group.show(range);
      if (moved || (range === null ? loaded !== null : !enough(loaded, range, answer))) asked.restart();
      else if (answer && range === null) group.show(wholeRange(answer));
    },
    committed: () => asked.again(),
    key,
    destroy: () => {
      asked.stop();
      for (const each of panels) each.destroy();
    },
  };
}
