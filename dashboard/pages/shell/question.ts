import type { AnswerState } from '../../api.js';
import { fill, h } from '../dom/element.js';
import { onFrame } from '../dom/frame.js';
import { Refresher } from '../source/refresher.js';
import { failure } from './notice.js';
import type { Frame } from './page.js';

/** A page's question: asked when the route changes, and again as commits come; its answer is drawn once a frame. */
export interface Question {
  /** The route has changed: what was asked before no longer matters. */
  restart(): void;
  again(): void;
  stop(): void;
}

/**
 * @param place where a failure is said; what was drawn before stays below it
 * @param everyMs not asked more often: reading is cheap, drawing 200 patients is not
 */
export function question<A extends AnswerState>(
  frame: Frame,
  place: HTMLElement,
  everyMs: number,
  ask: (signal: AbortSignal) => Promise<A>,
  draw: (answer: A) => void,
): Question {
  const waiting = h('p', { class: 'waiting', role: 'status' }, 'Asking the lake …');
  fill(place, waiting);
  const refresher: Refresher<A> = new Refresher(
    ask,
    (answer) => {
      frame.told(answer);
      onFrame(refresher, () => {
        place.parentElement?.removeAttribute('aria-busy');
        if (place.firstChild) fill(place);
        draw(answer);
      });
    },
    (error) => {
      place.parentElement?.removeAttribute('aria-busy');
      fill(
        place,
        failure(error, () => refresher.restart()),
      );
      // The next commit, or the stream's return, asks again; without either the reader does.
    },
    everyMs,
  );
  return {
    restart: () => {
      // What is still drawn answers another question: it stands back until the answer comes.
      place.parentElement?.setAttribute('aria-busy', 'true');
      refresher.restart();
    },
    again: () => refresher.again(),
    stop: () => refresher.stop(),
  };
}
