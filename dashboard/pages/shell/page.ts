import type { AlertItem, AnswerState } from '../../api.js';
import type { Route } from '../logic/route.js';
import type { DataSource } from '../source/source.js';

/** What a page may use of the frame around it. */
export interface Frame {
  readonly source: DataSource;
  readonly route: Route;
  /** Goes to a route; `replace` leaves no step in the browser's history (a zoom is not a step). */
  go(route: Route, replace?: boolean): void;
  /** An answer has arrived: the frame says how fresh it is. */
  told(state: AnswerState): void;
  /** Says something to a screen reader, without moving the focus. */
  announce(text: string): void;
}

/** One page. It is made when the reader comes to it, and destroyed when they leave it. */
export interface Page {
  readonly element: HTMLElement;
  /** For the title of the window. */
  readonly title: string;
  /** The parameters of the route have changed: ask again. Called once at the start too. */
  show(route: Route): void;
  /** Something has been committed since the last answer. Not called while the reader looks at another time than now. */
  committed(): void;
  /** An alert was raised, or somebody acted on one. */
  alerted?(alert: AlertItem, what: 'alert' | 'action'): void;
  /** A key that no field, button or list has taken. True when it did something. */
  key?(key: string): boolean;
  destroy(): void;
}
