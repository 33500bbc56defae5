import type { AlertItem } from '../../api.js';
import { h } from '../dom/element.js';
import { KeyedList } from '../dom/keyed.js';
import type { Episode } from '../logic/episodes.js';
import { epoch } from '../logic/times.js';
import { emptiness } from '../shell/notice.js';
import type { Frame } from '../shell/page.js';
import { actor } from './act.js';
import { alertRow, type AlertRow } from './alert-row.js';
import type { Signature } from './signature.js';

/** More lines are not drawn; the filters narrow what is looked for. */
const SHOWN = 100;

/** The list: an episode a line, in the order in which they began, so that a line does not move while it is read. */
export interface AlertList {
  readonly element: HTMLElement;
  show(episodes: readonly Episode[]): void;
  key(key: string): boolean;
}

export function alertList(frame: Frame, sign: Signature, changed: (alert: AlertItem) => void): AlertList {
  const list = h('ul', { class: 'alert-list', 'aria-label': 'Alerts' });
  const none = emptiness('No alerts here.', 'Widen the filters; alerts appear by themselves when they are raised.');
  const more = h('p', { class: 'hint' });
  /** When each alert was first on this screen: the last column of its ledger. */
  const shownAt = new Map<string, number>();
  const act = actor(frame, sign, changed);
  const rows = new KeyedList<Episode>(
    list,
    (episode) => episode.key,
    (episode) => alertRow(frame, episode, { act, shownAt: (id) => shownAt.get(id) ?? null }),
  );
  return {
    element: h(
      'div',
      {},
      h('p', { class: 'hint keys' }, '↑ ↓ to move, Enter to open, a to acknowledge, r to resolve'),
      list,
      none,
      more,
    ),
    show: (episodes) => {
      const began = (episode: Episode): number => epoch(episode.alerts.at(-1)!.event_time) ?? 0;
      const ordered = [...episodes].sort((a, b) => began(b) - began(a) || (a.key < b.key ? -1 : 1));
      const now = Date.now();
      for (const { latest } of ordered.slice(0, SHOWN))
        if (!shownAt.has(latest.alert_id)) shownAt.set(latest.alert_id, now);
      rows.show(ordered.slice(0, SHOWN));
      none.hidden = ordered.length > 0;
      more.textContent =
        ordered.length > SHOWN ? `The newest ${SHOWN} of ${ordered.length}; narrow the filters for the others.` : '';
    },
    key: (key) => handle(list, rows, key),
  };
}

/** Keys of the list work on the line that has the focus; the arrows enter the list from anywhere. */
function handle(list: HTMLElement, rows: KeyedList<Episode>, key: string): boolean {
  const lines = [...list.children] as HTMLElement[];
  const at = lines.findIndex((line) => line.contains(document.activeElement));
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const next = lines[Math.max(0, Math.min(lines.length - 1, key === 'ArrowDown' ? at + 1 : at - 1))];
    next?.querySelector<HTMLElement>('button')?.focus();
    return next !== undefined;
  }
  const row = at < 0 ? undefined : (rows.get(lines[at]!.dataset['key'] ?? '') as AlertRow | undefined);
  if (!row || (key !== 'a' && key !== 'r')) return false;
  row.act(key === 'a' ? 'acknowledged' : 'resolved');
  return true;
}
