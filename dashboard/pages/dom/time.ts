import { epoch, timeText, utcText, type TimePart } from '../logic/times.js';
import { attribute, h, text } from './element.js';

/** A time in the viewer's zone, with UTC under the pointer and for machines. */
export function timeElement(time: string | number | null, part: TimePart = 'second'): HTMLTimeElement {
  const element = h('time');
  setTime(element, time, part);
  return element;
}

export function setTime(element: HTMLTimeElement, time: string | number | null, part: TimePart = 'second'): void {
  const at = epoch(time);
  text(element, timeText(time, part));
  attribute(element, 'datetime', at === null ? null : new Date(at).toISOString());
  attribute(element, 'title', utcText(time) || null);
}
