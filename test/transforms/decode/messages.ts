import type { Message } from '../../../transforms/reading.js';

/** A complete JSON v1 message, as in docs/: every case of the tables changes one thing in it. */
export const BASE = {
  version: 1,
  message_id: '01JD8X0000000000000000000A',
  patient_id: 'P000123',
  device_id: 'MON-0123',
  ward: 'ICU',
  bed: 'ICU-07',
  event_time: '2026-11-21T07:20:50.123Z',
  sequence: 42,
  heart_rate: 78,
  respiratory_rate: 16,
  spo2: 97,
  systolic_bp: 118,
  diastolic_bp: 72,
  temperature: 36.8,
  glucose: 98,
  supplemental_oxygen: false,
  consciousness: 'A',
};

export const EVENT_TIME = Date.UTC(2026, 10, 21, 7, 20, 50, 123);

/** What the pipeline received, two seconds after the event. */
export function messageOf(payload: string | Uint8Array, overrides: Partial<Message> = {}): Message {
  return {
    batch: 7,
    offset: 3,
    message_id: 'M1',
    publish_time: EVENT_TIME + 1000,
    receive_time: EVENT_TIME + 2000,
    source: 'file:test',
    dialect: null,
    attributes: null,
    payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
    ...overrides,
  };
}

/** The base message with members replaced; undefined leaves one out. */
export function jsonWith(change: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...BASE, ...change });
}

/** The base message with the text of one member replaced: for what `JSON.stringify` would not write. */
export function jsonWithText(field: string, text: string): string {
  return JSON.stringify({ ...BASE, [field]: '\u0001' }).replace('"\\u0001"', () => text);
}

/** The base message as a CSV line with members replaced; undefined leaves the cell empty. */
export function csvWith(change: Readonly<Record<string, unknown>>, overrides: Partial<Message> = {}): Message {
  const record: Record<string, unknown> = { ...BASE, ...change };
  const cells = Object.values(record).map((value) => csvCell(value));
  return messageOf(cells.join(','), {
    dialect: 'csv',
    attributes: JSON.stringify({ dialect: 'csv', header: Object.keys(record).join(',') }),
    ...overrides,
  });
}

function csvCell(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
