import { h } from '../dom/element.js';
import { AnswerError } from '../source/source.js';

/** A failure in words: what went wrong, what would mend it, and a button to try again. */
export function failure(error: Error, again: () => void): HTMLElement {
  const remedy = error instanceof AnswerError ? error.remedy : 'Load the page again; if it stays, report this text.';
  return h(
    'div',
    { class: 'notice', role: 'alert', 'data-kind': 'failure' },
    h('strong', {}, error.message),
    h('p', {}, remedy),
    h('button', { type: 'button', on: { click: again } }, 'Try again'),
  );
}

/** Nothing to show, and what to do about it. */
export function emptiness(title: string, remedy: string): HTMLElement {
  return h('div', { class: 'notice' }, h('strong', {}, title), h('p', {}, remedy));
}
