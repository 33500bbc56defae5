import { describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { DEVELOPMENT_PSEUDONYM_KEY, identify, makePseudonymizer } from '../../transforms/identify.js';
import type { Reading } from '../../transforms/reading.js';
import { aReading } from './a-reading.js';

const pseudonym = makePseudonymizer(DEVELOPMENT_PSEUDONYM_KEY);

function identified(differs: Partial<Reading> = {}) {
  return identify(aReading(differs), pseudonym);
}

describe('identify', () => {
  test('replaces the id on the wire by 22 characters of a keyed hash', () => {
    const expected = createHmac('sha256', DEVELOPMENT_PSEUDONYM_KEY).update('P000123').digest('base64url');
    expect(identified().patient_id).toBe(expected.slice(0, 22));
    expect(JSON.stringify(identified())).not.toContain('P000123');
  });

  test('gives another pseudonym under another key', () => {
    const other = makePseudonymizer(new Uint8Array([1, 2, 3]));
    expect(other('P000123')).not.toBe(pseudonym('P000123'));
    expect(other('P000123')).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  test('remembers a bounded number of patients and computes a forgotten one again', () => {
    const small = makePseudonymizer(DEVELOPMENT_PSEUDONYM_KEY, 2);
    const ids = ['a', 'b', 'c', 'a', 'd', 'b'];
    expect(ids.map(small)).toEqual(ids.map(pseudonym));
  });

  test('reading_id and content_hash are 22 characters of base64url', () => {
    expect(identified().reading_id).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(identified().content_hash).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  test('a reading that is sent again has the same ids, whatever message brought it', () => {
    const again = identified({
      ...{ batch: 9, offset: 8, item: 7, source_message_id: 'other' },
      ...{ publish_time: null, receive_time: 5 },
    });
    expect(again.reading_id).toBe(identified().reading_id);
    expect(again.content_hash).toBe(identified().content_hash);
  });

  test('a correction is the same reading with other content', () => {
    const corrected = identified({ status: 'corrected', heart_rate: 79 });
    expect(corrected.reading_id).toBe(identified().reading_id);
    expect(corrected.content_hash).not.toBe(identified().content_hash);
  });

  test('another identity, or the same one of another patient, is another reading', () => {
    expect(identified({ identity: 'MON-0123|43' }).reading_id).not.toBe(identified().reading_id);
    expect(identified({ patient_id: 'P000124' }).reading_id).not.toBe(identified().reading_id);
    expect(identified({ patient_id: 'P000124' }).content_hash).not.toBe(identified().content_hash);
  });

  const differences: Partial<Reading>[] = [
    { device_id: 'x' },
    { ward: null },
    { bed: 'x' },
    { event_time: 1 },
    { sequence: null },
    { status: 'corrected' },
    { sent_time: 1 },
    { heart_rate: null },
    { respiratory_rate: 17 },
    { spo2: 98 },
    { systolic_bp: 72, diastolic_bp: 118 },
    { mean_bp: 80.5 },
    { temperature: 36.81 },
    { glucose: null },
    { supplemental_oxygen: null },
    { consciousness: null },
    { spo2_scale: 1 },
  ];
  test.each(differences)('the content hash covers %j', (differs) => {
    expect(identified(differs).content_hash).not.toBe(identified().content_hash);
  });

  test('a value that moves to a neighbouring field changes the content hash', () => {
    const one = identified({ heart_rate: 70, respiratory_rate: null });
    const other = identified({ heart_rate: null, respiratory_rate: 70 });
    expect(one.content_hash).not.toBe(other.content_hash);
  });

  test('flags are not content: the same values by another dialect, or received at another time, are the same version', () => {
    const one = identified({ flags: { temperature: ['F_TO_C'], event_time: ['SKEW'] } });
    expect(one.content_hash).toBe(identified({ flags: null }).content_hash);
  });

  test('keeps every other field', () => {
    expect(identified()).toMatchObject({ ...aReading(), patient_id: pseudonym('P000123') });
  });
});
