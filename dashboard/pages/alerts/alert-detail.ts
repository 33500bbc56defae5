import type { AlertAction, AlertItem } from '../../api.js';
import { fill, h } from '../dom/element.js';
import { timeElement } from '../dom/time.js';
import type { Episode } from '../logic/episodes.js';
import { ledgerOf } from '../logic/ledger.js';
import { capitalised } from '../logic/risk.js';
import { durationText } from '../logic/times.js';

/** What is below a line when it is opened: why, the ledger of times, the history, and a note to act with. */
export interface AlertDetail {
  readonly element: HTMLElement;
  show(episode: Episode, shownAt: number | null): void;
  /** Empties the note, once it has been sent. */
  clear(): void;
}

export function alertDetail(act: (status: AlertAction['status'], note: string) => void): AlertDetail {
  const why = h('p');
  const ledger = h('ol', { class: 'ledger', 'aria-label': 'Times of the newest alert' });
  const history = h('ul', { class: 'history', 'aria-label': 'What was done' });
  const note = h('input', {
    type: 'text',
    maxlength: 400,
    'aria-label': 'Note',
    placeholder: 'Note, if there is something to say',
  });
  const button = (text: string, status: AlertAction['status']): HTMLElement =>
    h('button', { type: 'button', on: { click: () => act(status, note.value) } }, text);
  const form = h(
    'div',
    { class: 'note' },
    note,
    button('Acknowledge with note', 'acknowledged'),
    button('Resolve with note', 'resolved'),
  );
  let drawn = '';
  return {
    element: h('div', { class: 'alert-detail' }, why, ledger, history, form),
    show: (episode, shownAt) => {
      const key = JSON.stringify([episode.latest, episode.alerts.length, shownAt]);
      if (key === drawn) return;
      drawn = key;
      const { latest, alerts } = episode;
      fill(
        why,
        latest.explanation,
        alerts.length > 1 ? ` ${alerts.length} alerts in this episode, the first at ` : '',
        alerts.length > 1 && timeElement(alerts.at(-1)!.event_time),
      );
      fill(
        ledger,
        ...ledgerOf(latest, shownAt).map(({ text, time, after }) =>
          h(
            'li',
            {},
            h('span', {}, text),
            timeElement(time),
            h('small', {}, after === null ? '' : `+${durationText(after)}`),
          ),
        ),
      );
      fill(history, ...alerts.flatMap(actsOf));
      form.hidden = episode.status === 'resolved';
    },
    clear: () => {
      note.value = '';
    },
  };
}

function actsOf({ history }: AlertItem): HTMLElement[] {
  return [...history]
    .reverse()
    .map(({ status, who, at, note }) =>
      h('li', {}, h('strong', {}, capitalised(status)), ` by ${who}, `, timeElement(at), note ? `: ${note}` : ''),
    );
}
