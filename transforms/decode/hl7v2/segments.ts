import type { Delimiters } from './delimiters.js';
import { unescape } from './escapes.js';

/** A segment: `fields[n]` is field n, as HL7 counts (so of MSH, too, whose first field is the separator itself). */
export interface Segment {
  readonly name: string;
  readonly fields: readonly string[];
}

const NAME = /^[A-Z][A-Z0-9]{2}$/;

/** HL7's explicit null: the sender says that there is no value. */
const NULL = '""';

/** Divides a line into fields; null when it is no segment (a broken line, say). */
export function readSegment(line: string, { field }: Delimiters): Segment | null {
  const fields = line.split(field);
  const name = fields[0] ?? '';
  if (!NAME.test(name)) return null;
  if (name === 'MSH') fields.splice(1, 0, field);
  return { name, fields };
}

/** The repetitions of field `n`, as they stand; none when the field is absent or empty. */
export function repetitions(segment: Segment, n: number, delimiters: Delimiters): readonly string[] {
  const field = segment.fields[n] ?? '';
  return field === '' || field === NULL ? [] : field.split(delimiters.repetition);
}

/** The first repetition of field `n`; '' when the field is absent or empty. */
export function firstOf(segment: Segment, n: number, { repetition }: Delimiters): string {
  const field = segment.fields[n] ?? '';
  if (field === NULL) return '';
  const end = field.indexOf(repetition);
  return end === -1 ? field : field.slice(0, end);
}

/** Component `n` (from 1) of a repetition: its first subcomponent, unescaped, without blanks around it; '' when absent. */
export function component(repetition: string, n: number, delimiters: Delimiters): string {
  let start = 0;
  for (let at = 1; at < n; at++) {
    start = repetition.indexOf(delimiters.component, start) + 1;
    if (start === 0) return '';
  }
  const end = repetition.indexOf(delimiters.component, start);
  const whole = end === -1 ? repetition.slice(start) : repetition.slice(start, end);
  const inner = whole.indexOf(delimiters.subcomponent);
  const value = (inner === -1 ? whole : whole.slice(0, inner)).trim();
  return value === NULL ? '' : unescape(value, delimiters);
}

/** Component `n` of the first repetition of a field. */
export function valueOf(segment: Segment, field: number, n: number, delimiters: Delimiters): string {
  return component(firstOf(segment, field, delimiters), n, delimiters);
}
