import type { AlertAction, AlertItem } from '../../api.js';
import { attribute, h, text } from '../dom/element.js';
import type { Drawn } from '../dom/keyed.js';
import { setTime, timeElement } from '../dom/time.js';
import type { Episode } from '../logic/episodes.js';
import { placeText, wordsText } from '../logic/format.js';
import { capitalised, SEVERITY_SIGN } from '../logic/risk.js';
import { formatRoute, otherPage } from '../logic/route.js';
import type { Frame } from '../shell/page.js';
import type { Act } from './act.js';
import { alertDetail } from './alert-detail.js';

export interface RowContext {
  readonly act: Act;
  shownAt(alertId: string): number | null;
}

export interface AlertRow extends Drawn<Episode> {
  act(status: AlertAction['status'], note?: string): void;
}

/** An episode in the list: what, where, since when, and what was done; opens to why and how fast. */
export function alertRow(frame: Frame, first: Episode, { act, shownAt }: RowContext): AlertRow {
  let episode = first;
  const severity = h('span', { class: 'severity' });
  const rule = h('span', { class: 'alert-rule' });
  const count = h('span', { class: 'alert-count' });
  const toggle = h(
    'button',
    { type: 'button', class: 'alert-toggle', 'aria-expanded': 'false' },
    severity,
    rule,
    count,
  );
  const bed = h('a', { class: 'alert-bed' });
  const time = timeElement(null);
  const why = h('span', { class: 'alert-why' });
  const status = h('span', { class: 'alert-status' });
  const failed = h('p', { class: 'failed', role: 'alert' });
  const acknowledge = h('button', { type: 'button', on: { click: () => run('acknowledged') } }, 'Acknowledge');
  const resolve = h('button', { type: 'button', on: { click: () => run('resolved') } }, 'Resolve');
  const detail = alertDetail((next, note) => run(next, note));
  detail.element.hidden = true;

  const run = (next: AlertAction['status'], note = ''): void => {
    text(failed, '');
    void act(episode.latest, next, note, (words) => text(failed, words)).then((done) => done && detail.clear());
  };
  toggle.addEventListener('click', () => {
    detail.element.hidden = !detail.element.hidden;
    attribute(toggle, 'aria-expanded', String(!detail.element.hidden));
    update(episode);
  });
  const update = (next: Episode): void => {
    episode = next;
    const { latest } = next;
    attribute(element, 'data-status', next.status);
    attribute(element, 'data-latest', latest.alert_id);
    attribute(severity, 'data-severity', latest.severity);
    text(severity, `${SEVERITY_SIGN[latest.severity]} ${capitalised(latest.severity)}`);
    text(rule, capitalised(wordsText(latest.rule)));
    text(count, next.alerts.length > 1 ? `×${next.alerts.length}` : '');
    text(bed, placeText(latest.ward, latest.bed, latest.patient_id.slice(0, 10)));
    attribute(bed, 'href', formatRoute(otherPage(frame.route, { page: 'patient', patient: latest.patient_id })));
    // Of the first alert: the order of the list, and what does not change while it is read.
    setTime(time, next.alerts.at(-1)!.event_time);
    text(why, latest.explanation);
    text(status, statusText(next));
    attribute(acknowledge, 'disabled', next.status !== 'open');
    attribute(resolve, 'disabled', next.status === 'resolved');
    if (!detail.element.hidden) detail.show(next, shownAt(latest.alert_id));
  };
  const line = h(
    'div',
    { class: 'alert-line' },
    toggle,
    bed,
    time,
    why,
    status,
    h('span', { class: 'alert-actions' }, acknowledge, resolve),
  );
  const element = h(
    'li',
    { 'data-key': first.key, 'data-patient': first.latest.patient_id },
    line,
    failed,
    detail.element,
  );
  update(first);
  return { element, update, act: run };
}

function statusText({ status, since, alerts }: Episode): string {
  if (status === 'open') return 'Open';
  const acted: AlertItem | undefined = alerts[since];
  const who = acted?.history.at(-1)?.who;
  const more = since > 0 && status === 'acknowledged' ? `, ${since} since` : '';
  return `${capitalised(status)}${who ? ` by ${who}` : ''}${more}`;
}
