import { describe, expect, test } from '@jest/globals';
import { CarriedForward, type TimedReading } from '../../../transforms/clinical/carried-forward.js';
import { news2 } from '../../../transforms/clinical/news2.js';
import { NEWS2_PARAMETERS } from '../../../transforms/clinical/news2-parameters.js';
import { CARRY_FORWARD_SECONDS } from '../../../transforms/clinical/thresholds.js';

const NOTHING: TimedReading = {
  event_time: 0,
  respiratory_rate: null,
  spo2: null,
  spo2_scale: null,
  supplemental_oxygen: null,
  systolic_bp: null,
  heart_rate: null,
  consciousness: null,
  temperature: null,
  age: 64,
  pregnant: false,
};
const WELL: TimedReading = {
  ...NOTHING,
  respiratory_rate: 16,
  spo2: 97,
  supplemental_oxygen: false,
  systolic_bp: 120,
  heart_rate: 70,
  consciousness: 'A',
  temperature: 37,
};

describe('carrying NEWS2 forward', () => {
  test('a value counts until its age limit, to the millisecond', () => {
    for (const name of NEWS2_PARAMETERS) {
      const limit = CARRY_FORWARD_SECONDS[name] * 1000;
      const after = (event_time: number) => {
        const patient = new CarriedForward();
        patient.add(WELL);
        return patient.add({ ...NOTHING, event_time })[name];
      };
      expect([name, after(limit), after(limit + 1)]).toEqual([name, WELL[name], null]);
    }
  });

  test('what is stale widens the score and is named, and is never zero', () => {
    const patient = new CarriedForward();
    patient.add(WELL);
    expect(news2(patient.add({ ...NOTHING, event_time: 3_600_001 }))).toMatchObject({
      low: 0,
      high: 9,
      missing: ['respiratory_rate', 'spo2', 'heart_rate'],
    });
  });

  test('a newer value replaces the older one, and is young again', () => {
    const patient = new CarriedForward();
    patient.add(WELL);
    patient.add({ ...NOTHING, event_time: 3_000_000, heart_rate: 140 });
    const later = patient.add({ ...NOTHING, event_time: 6_600_000 });
    expect([later.heart_rate, later.spo2]).toEqual([140, null]);
  });

  test('the prescribed scale does not age; age and pregnancy are those of the newest reading', () => {
    const patient = new CarriedForward();
    patient.add({ ...WELL, spo2_scale: 2, pregnant: true });
    expect(patient.add({ ...NOTHING, event_time: 86_400_000, age: 65 })).toMatchObject({
      spo2_scale: 2,
      age: 65,
      pregnant: false,
    });
  });
});
