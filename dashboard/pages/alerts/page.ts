import type { AlertItem, AlertsAnswer, Severity } from '../../api.js';
import { h, text } from '../dom/element.js';
import { forget, onFrame } from '../dom/frame.js';
import { passes, withAlert, type AlertFilter } from '../logic/alert-feed.js';
import { episodesOf, type Episode } from '../logic/episodes.js';
import { numberText, placeText, wordsText } from '../logic/format.js';
import type { Route } from '../logic/route.js';
import type { Frame, Page } from '../shell/page.js';
import { question } from '../shell/question.js';
import { alertList } from './alert-list.js';
import { filters } from './filters.js';
import { signature } from './signature.js';

/** Alerts come by themselves; the question only fills in what the stream left out (more than 50 a second). */
const EVERY_MS = 5_000;

/** Alerts as they are raised: filters, why, how long they took, and what was done about them. */
export function alertsPage(frame: Frame): Page {
  let feed: readonly AlertItem[] = [];
  let stale = true;
  const place = h('div');
  const sign = signature();
  const chosen = filters(frame);
  const list = alertList(frame, sign, (alert) => arrived(alert));
  const counts = h('p', { class: 'facts', role: 'status' });
  const content = h(
    'div',
    { class: 'alerts' },
    chosen.element,
    h('div', { class: 'alerts-head' }, counts, sign.element),
    list.element,
  );
  content.hidden = true;

  const draw = (): void => {
    const wanted = frame.route.params['status'];
    const episodes = episodesOf(feed);
    list.show(wanted ? episodes.filter((episode) => episode.status === wanted) : episodes);
    text(counts, sentence(episodes, feed.length));
  };
  const arrived = (alert: AlertItem): void => {
    if (!passes(alert, frame.route.params as AlertFilter)) return;
    feed = withAlert(feed, alert);
    onFrame(list, draw);
  };
  const asked = question<AlertsAnswer>(
    frame,
    place,
    EVERY_MS,
    // The status is the episode's, not the alert's, and so is filtered here.
    (signal) => frame.source.alerts({ ...asQuery(frame.route), limit: 200 }, signal),
    (answer) => {
      // Oldest first, so that the newest stand in front; what the stream brought meanwhile stays.
      feed = [...answer.alerts].reverse().reduce(withAlert, stale ? [] : feed);
      stale = false;
      content.hidden = false;
      chosen.show(answer);
      draw();
    },
  );
  return {
    element: h('div', {}, h('h1', {}, 'Alerts'), place, content),
    title: 'Alerts',
    show: () => {
      stale = true;
      asked.restart();
    },
    committed: () => asked.again(),
    alerted: (alert, what) => {
      arrived(alert);
      if (what === 'alert' && alert.severity === ('critical' satisfies Severity))
        frame.announce(`Critical: ${wordsText(alert.rule)}, ${placeText(alert.ward, alert.bed, 'a patient')}`);
    },
    key: (key) => list.key(key),
    destroy: () => {
      asked.stop();
      forget(list);
    },
  };
}

function asQuery({ params }: Route): Record<string, string | undefined> {
  const { severity, ward, rule, patient, from, to, as_of } = params;
  return { severity, ward, rule, patient, from, to, as_of };
}

function sentence(episodes: readonly Episode[], alerts: number): string {
  const count = (status: string): string => numberText(episodes.filter((episode) => episode.status === status).length);
  return (
    `${count('open')} open, ${count('acknowledged')} acknowledged, ${count('resolved')} resolved; ` +
    `${numberText(alerts)} alerts in ${numberText(episodes.length)} episodes`
  );
}
