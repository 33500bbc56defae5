import { describe, expect, test } from '@jest/globals';
import { alertsOf } from '../../../transforms/alert.js';
import { anomalyCause } from '../../../transforms/anomaly-cause.js';
import { credible } from '../../../transforms/artefact/credible.js';
import { doubtedFields } from '../../../transforms/artefact/sensor-evidence.js';
import { cleanse } from '../../../transforms/cleanse.js';
import type { DecodedReading } from '../../../transforms/decode/decoded-reading.js';
import type { EnrichedReading, Flags, ScoredReading } from '../../../transforms/reading.js';
import { scoreReadings } from '../../../transforms/score.js';
import { anEnrichedReading, aReading, aScoredReading } from '../a-reading.js';

/** A reading as it goes through cleanse, score and alert. */
function through(sent: Partial<DecodedReading>, age: number | null = 64): ScoredReading {
  const decoded = { ...aReading(), units: null, lead_off: false, probe_off: false, ...sent };
  const [reading] = cleanse(decoded, { checkClock: false }).rows;
  const enriched = anEnrichedReading({ ...reading, age, pregnant: null } as Partial<EnrichedReading>);
  return scoreReadings([enriched], null, '1')[0] as ScoredReading;
}

function rulesOf(reading: ScoredReading): string[] {
  return alertsOf(reading, '1').map((alert) => alert.rule);
}

describe('an artefact raises no clinical alert, and its cause is the sensor', () => {
  test.each<[string, Partial<DecodedReading>]>([
    ['probe off', { spo2: 0, probe_off: true }],
    ['lead off', { heart_rate: 0, lead_off: true }],
    ['a saturation of 0 that nobody explains', { spo2: 0 }],
    ['a number for "no value"', { heart_rate: 32767 }],
    ['a value that nobody has', { temperature: -17.8 }],
    ['pressures in the wrong order', { systolic_bp: 80, diastolic_bp: 95 }],
    ['a transducer open to air', { systolic_bp: 0, diastolic_bp: 0 }],
    ['a line without a pulse', { systolic_bp: 190, diastolic_bp: 190 }],
    ['a flushed line', { systolic_bp: 300, diastolic_bp: 292 }],
    ['the heart counted as breaths', { heart_rate: 88, respiratory_rate: 88 }],
    ['motion counted as breaths', { heart_rate: 88, respiratory_rate: 110 }],
    ['swapped leads', { heart_rate: 16, respiratory_rate: 78 }],
    ['glucose in mmol/L', { glucose: 5.5 }],
  ])('%s', (_, sent) => {
    const reading = through(sent);
    expect([rulesOf(reading), reading.cause]).toEqual([[], 'sensor']);
  });
});

describe('a patient raises what a sensor might also show, and the cause is the patient', () => {
  test.each<[string, Partial<DecodedReading>, string[]]>([
    ['a heart rate of 0 without lead-off is asystole', { heart_rate: 0 }, ['asystole']],
    ['so it is beside anything else that is off', { heart_rate: 0, spo2: 0, probe_off: true }, ['asystole']],
    ['a respiration of 0 may be apnoea', { respiratory_rate: 0 }, ['bradypnoea']],
    ['a low saturation with a good probe is hypoxaemia', { spo2: 80 }, ['hypoxaemia']],
    [
      'a low pressure without a pulse may be an arrest',
      { systolic_bp: 60, diastolic_bp: 60 },
      ['hypotension', 'shock_index'],
    ],
    ['a narrow pulse pressure may be a tamponade', { systolic_bp: 85, diastolic_bp: 79 }, ['hypotension']],
    ['a glucose of 0 may be a meter’s LO', { glucose: 0 }, ['severe_hypoglycaemia']],
    [
      'the heart rate stands while motion spoils the breaths',
      { heart_rate: 30, respiratory_rate: 100, consciousness: 'U' },
      ['bradycardia', 'unresponsive'],
    ],
    ['a crisis stands', { systolic_bp: 200, diastolic_bp: 130 }, ['hypertensive_crisis']],
  ])('%s', (_, sent, rules) => {
    const reading = through(sent);
    expect([rulesOf(reading), reading.cause]).toEqual([rules, 'patient']);
  });

  test('a newborn may be awake at a glucose at which no adult is', () => {
    expect(rulesOf(through({ glucose: 15 }, 0))).toEqual(['severe_hypoglycaemia']);
    expect(rulesOf(through({ glucose: 15 }, 16))).toEqual([]);
  });

  test('one vital in doubt silences no other', () => {
    const reading = through({ spo2: 0, probe_off: true, heart_rate: 150, systolic_bp: 160 });
    expect([rulesOf(reading), reading.cause]).toEqual([['tachycardia'], 'patient']);
  });
});

describe('what is not unusual has no cause', () => {
  test('a healthy reading, and one that was only repaired', () => {
    expect(through({}).cause).toBeNull();
    expect(through({ temperature: 98.2 })).toMatchObject({ flags: '{"temperature":["F_GUESS"]}', cause: null });
  });

  test('a tombstone', () => {
    expect(through({ status: 'entered-in-error', heart_rate: 0 }).cause).toBeNull();
  });
});

describe('a score with a vital in doubt', () => {
  const ill = { heart_rate: 115, systolic_bp: 95, consciousness: 'V', spo2: 92, respiratory_rate: 22 } as const;

  test('is worked out without it before it may raise: a certain 7 stays, and says what is missing', () => {
    const [alert] = alertsOf(through({ ...ill, respiratory_rate: 114 }), '1').filter(
      ({ rule }) => rule === 'news2_high',
    );
    expect(alert).toMatchObject({ value: 9, explanation: expect.stringContaining('without respiratory rate') });
  });

  test('raises nothing when it takes the doubted vital to reach 7', () => {
    const sent = { heart_rate: 115, respiratory_rate: 114, systolic_bp: 108, spo2: 94 };
    const reading = through(sent);
    expect(reading.news2_low).toBe(7);
    expect([
      rulesOf(reading).includes('news2_high'),
      rulesOf({ ...reading, flags: null }).includes('news2_high'),
    ]).toEqual([false, true]);
  });

  test('in silver stays as of the values that were sent', () => {
    expect(through({ spo2: 0 })).toMatchObject({ spo2: 0, news2_low: 3 });
  });

  test('of a child or in pregnancy stays not applicable', () => {
    const seen = credible(aScoredReading({ age: 5, spo2: 0 }), { spo2: ['ZERO'] });
    expect([seen.spo2, seen.news2_low]).toEqual([null, null]);
  });
});

describe('the model’s anomaly', () => {
  const anomalous = (flags: Flags | null) =>
    aScoredReading({ flags }, { is_anomaly: true, anomaly_score: 0.7, anomaly_top: '{"spo2":0.2}' });

  test('raises nothing while the model reads from a sensor in doubt', () => {
    expect(rulesOf(anomalous(null))).toEqual(['anomaly']);
    expect(rulesOf(anomalous({ spo2: ['PROBE_OFF'] }))).toEqual([]);
  });

  test('stands where the doubt is about what the model does not read', () => {
    expect(rulesOf(anomalous({ glucose: ['SENTINEL'] }))).toEqual(['anomaly']);
    const reading = anEnrichedReading({ flags: { glucose: ['SENTINEL'] } });
    expect(anomalyCause(reading, [{ name: 'spo2' }])).toBe('patient');
    expect(anomalyCause(reading, [{ name: 'spo2' }, { name: 'glucose' }])).toBe('sensor');
  });
});

describe('evidence', () => {
  test('counts on the vitals that it is about, and nowhere else', () => {
    const adult = { systolic_bp: 120, age: null };
    expect(doubtedFields({ respiratory_rate: ['ZERO'], event_time: ['RANGE'], spo2: ['FRACTION'] }, adult)).toEqual([]);
    expect(doubtedFields({ systolic_bp: ['BP_EQUAL'] }, adult)).toEqual(['systolic_bp', 'diastolic_bp']);
    expect(doubtedFields({ systolic_bp: ['BP_EQUAL'] }, { ...adult, systolic_bp: 91 })).toHaveLength(2);
    expect(doubtedFields({ systolic_bp: ['BP_EQUAL'] }, { ...adult, systolic_bp: 90 })).toEqual([]);
  });

  test('a name that every object has is no code', () => {
    expect(doubtedFields({ spo2: ['constructor'] }, { systolic_bp: null, age: null })).toEqual([]);
  });
});
