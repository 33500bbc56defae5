import { expect, test } from '@jest/globals';
import { toCanonicalJson } from '../../transforms/canonical-json.js';
import { jsonWith, messageOf } from './decode/messages.js';
import { outcomeOf } from './decode/outcome.js';

function canonical(change: Record<string, unknown>): string {
  const { reading } = outcomeOf(messageOf(jsonWith(change)));
  if (reading === null) throw new Error('the message was refused');
  return toCanonicalJson(reading);
}

test('a canonical reading has its keys in the published order', () => {
  expect(canonical({ temperature: 98.6, glucose: undefined })).toBe(
    '{"patient_id":"P000123","device_id":"MON-0123","ward":"ICU","bed":"ICU-07",' +
      '"event_time":"2026-11-21T07:20:50.123Z","sequence":42,"status":"final","heart_rate":78,"respiratory_rate":16,' +
      '"spo2":97,"systolic_bp":118,"diastolic_bp":72,"mean_bp":null,"temperature":37,"glucose":null,' +
      '"supplemental_oxygen":false,"consciousness":"A","spo2_scale":null,"flags":{"temperature":["F_GUESS"]}}',
  );
});

test('without flags it says so with an empty object, and times always have milliseconds', () => {
  const line = canonical({ event_time: '2026-11-21T07:20:50Z' });
  expect(line).toContain('"event_time":"2026-11-21T07:20:50.000Z"');
  expect(line).toMatch(/"flags":\{\}\}$/);
});

test('line breaks in text stay inside their line', () => {
  expect(canonical({ ward: 'a\r\nb' })).not.toMatch(/[\r\n]/);
  expect((JSON.parse(canonical({ ward: 'a\nb' })) as { ward: string }).ward).toBe('a\nb');
});
