import { describe, expect, test } from '@jest/globals';
import { bloodPressureCategory } from '../../transforms/clinical/blood-pressure.js';
import { temperatureCategory } from '../../transforms/clinical/categories.js';
import { unpackInterval } from '../../transforms/clinical/interval.js';
import { meanArterialPressure } from '../../transforms/clinical/mean-arterial-pressure.js';
import { packMews } from '../../transforms/clinical/mews.js';
import { news2, type News2Band } from '../../transforms/clinical/news2.js';
import type { News2Input } from '../../transforms/clinical/news2-parameters.js';
import {
  paediatricHeartRateBand,
  paediatricRespiratoryRateBand,
  paediatricSystolicBand,
} from '../../transforms/clinical/paediatric.js';
import { pulsePressure } from '../../transforms/clinical/pulse-pressure.js';
import { packQsofa } from '../../transforms/clinical/qsofa.js';
import { shockIndex } from '../../transforms/clinical/shock-index.js';
import { packSirs } from '../../transforms/clinical/sirs.js';
import { CLEANSE_LIMITS } from '../../transforms/cleanse-limits.js';
import { MEWS_TRIGGER, QSOFA_POSITIVE, SIRS_POSITIVE } from '../../transforms/clinical/thresholds.js';
import { HAS_SCORE_TABLES, scoreTable } from '../transforms/clinical/score-tables.js';
import { READINGS_BY_AGGREGATE, WELL } from './band-edges.js';

type Row = Record<string, string>;

const suite = HAS_SCORE_TABLES ? describe : describe.skip;
const where = HAS_SCORE_TABLES ? '' : ' (../shared/reference/scores is not there)';

/** Rows by their first cell; each is taken out once, so that a test can say that none is left. */
class Rows {
  private readonly left: Map<string, Row>;

  constructor(file: string, key: string) {
    this.left = new Map(scoreTable(file).map((row) => [row[key] ?? '', row]));
  }

  take(name: string): Row {
    const row = this.left.get(name);
    if (row === undefined) throw new Error(`no row ${name}; left: ${[...this.left.keys()].join(' | ')}`);
    this.left.delete(name);
    return row;
  }

  get names(): string[] {
    return [...this.left.keys()];
  }
}

const qsofa = (differs: Partial<News2Input>) => unpackInterval(packQsofa({ ...WELL, ...differs })).low;
const sirs = (differs: Partial<News2Input>) => unpackInterval(packSirs({ ...WELL, ...differs })).low;
const mews = (differs: Partial<News2Input>) => unpackInterval(packMews({ ...WELL, ...differs })).low;

suite(`every row of the reference tables${where}`, () => {
  const VITAL: Readonly<Record<string, keyof News2Input>> = {
    respiration_rate: 'respiratory_rate',
    respiratory_rate: 'respiratory_rate',
    spo2: 'spo2',
    systolic_bp: 'systolic_bp',
    pulse: 'heart_rate',
    heart_rate: 'heart_rate',
    temperature_c: 'temperature',
  };
  const GASES: Readonly<Record<string, readonly Partial<News2Input>[]>> = {
    '': [{}],
    scale1: [{ spo2_scale: 1 }, { spo2_scale: 1, supplemental_oxygen: true }],
    'scale2 any gas': [{ spo2_scale: 2 }, { spo2_scale: 2, supplemental_oxygen: true }],
    'scale2 on air': [{ spo2_scale: 2 }],
    'scale2 on oxygen': [{ spo2_scale: 2, supplemental_oxygen: true }],
  };
  /** The values of a row: both ends, and one step inside of an open one. */
  function valuesOf(low: string, high: string, step: number): number[] {
    const ends = [low, high].filter((end) => end !== '').map(Number);
    if (low === '') ends.push((ends[0] as number) - step);
    if (high === '') ends.push((ends[0] as number) + step);
    return ends;
  }

  test('news2_parameters.csv: points at both ends of each band, by scale and gas', () => {
    const rows = scoreTable('news2_parameters.csv');
    const vitals = rows.filter((row) => VITAL[row['parameter'] ?? ''] !== undefined);
    for (const row of vitals) {
      const vital = VITAL[row['parameter'] ?? ''] as 'spo2';
      const step = vital === ('temperature' as string) ? 0.1 : 1;
      for (const gas of GASES[row['condition'] ?? ''] as readonly Partial<News2Input>[]) {
        for (const value of valuesOf(row['low_inclusive'] ?? '', row['high_inclusive'] ?? '', step)) {
          expect([row, gas, value, news2({ ...WELL, ...gas, [vital]: value }).points[vital]]).toEqual([
            ...[row, gas, value, Number(row['points'])],
          ]);
        }
      }
    }
    const others = rows.filter((row) => !vitals.includes(row)).map((row) => [row['low_inclusive'], row['points']]);
    expect(others).toEqual([
      ['air', `${news2(WELL).points.supplemental_oxygen}`],
      ['oxygen', `${news2({ ...WELL, supplemental_oxygen: true }).points.supplemental_oxygen}`],
      ['Alert', `${news2(WELL).points.consciousness}`],
      ['New confusion, Voice, Pain, Unresponsive', '3'],
    ]);
    for (const consciousness of ['C', 'V', 'P', 'U'] as const) {
      expect(news2({ ...WELL, consciousness }).points.consciousness).toBe(3);
    }
  });

  test('news2_risk_bands.csv: the risk at both ends of each aggregate, with and without a red parameter', () => {
    const red = { ...WELL, heart_rate: 140 };
    const examples: Readonly<Record<string, readonly News2Input[]>> = {
      '0 n/a': [WELL],
      '1-4 no': [READINGS_BY_AGGREGATE[1], READINGS_BY_AGGREGATE[4]] as News2Input[],
      '1-4 yes (3 in a single parameter)': [red, { ...red, temperature: 38.5 }],
      '5-6 any': [READINGS_BY_AGGREGATE[5], READINGS_BY_AGGREGATE[6], { ...red, respiratory_rate: 30 }] as News2Input[],
      '>=7 any': [READINGS_BY_AGGREGATE[7] as News2Input, { ...red, respiratory_rate: 30, spo2: 95 }],
    };
    const rows = scoreTable('news2_risk_bands.csv');
    for (const row of rows) {
      const readings = examples[`${row['aggregate']} ${row['red_score(any single 3)']}`];
      const bands = readings?.map((reading) => news2(reading).band_low);
      expect([row, bands]).toEqual([row, readings?.map(() => row['clinical_risk'] as News2Band)]);
    }
    expect(rows).toHaveLength(Object.keys(examples).length);
  });

  test('news2_rules.csv: range, population, rounding, and what is missing', () => {
    const rows = new Rows('news2_rules.csv', 'rule');
    const worst = { respiratory_rate: 30, spo2: 80, systolic_bp: 60, heart_rate: 150, temperature: 34 } as const;
    const dying = { ...WELL, ...worst, consciousness: 'U' } as const;
    expect(rows.take('range')['value']).toMatch(/^0-20 /);
    expect(news2({ ...dying, supplemental_oxygen: true }).low).toBe(20);
    expect(news2(dying).low).toBe(Number(rows.take('maximum on air')['value']));
    expect(rows.take('population')['value']).toMatch(/age >=16, not pregnant/);
    expect([15, 16].map((age) => news2({ ...WELL, age }).reason)).toEqual(['under_16', null]);
    expect(news2({ ...WELL, pregnant: true }).reason).toBe('pregnant');
    expect(rows.take('missing parameter')['value']).toMatch(/never scores 0 silently/);
    expect(news2({ ...WELL, spo2: null })).toMatchObject({ exact: false, low: 0, high: 3, missing: ['spo2'] });
    expect(rows.take('non-integer inputs')['value']).toMatch(/35\.04->35\.0->3, 91\.5->92->2/);
    expect(news2({ ...WELL, temperature: 35.04 }).points.temperature).toBe(3);
    expect(news2({ ...WELL, spo2: 91.5 }).points.spo2).toBe(2);
    expect(rows.take('any new confusion')['value']).toMatch(/^3 /);
    expect(news2({ ...WELL, consciousness: 'C' }).points.consciousness).toBe(3);
    // Who is on scale 2, that diastolic pressure has no part, and a prompt to the reader: nothing to compute.
    expect(rows.names).toEqual(['scale 2', 'diastolic', 'sepsis prompt']);
  });

  test('bp_acc_aha_2017.csv: both sides of each limit, the higher category first', () => {
    const rows = new Rows('bp_acc_aha_2017.csv', 'precedence');
    const of = (...pairs: readonly (readonly [number, number])[]) =>
      pairs.map(([systolic, diastolic]) => bloodPressureCategory(systolic, diastolic, 64));
    expect(rows.take('1')['rule']).toBe('SBP>180 or DBP>120');
    expect(of([180, 70], [181, 70], [110, 120], [110, 121], [200, 130])).toEqual([
      ...['stage_2', 'crisis', 'stage_2', 'crisis', 'crisis'],
    ]);
    expect(rows.take('2')['rule']).toBe('SBP>=140 or DBP>=90');
    expect(of([139, 70], [140, 70], [110, 89], [110, 90])).toEqual(['stage_1', 'stage_2', 'stage_1', 'stage_2']);
    expect(rows.take('3')['rule']).toBe('SBP 130-139 or DBP 80-89');
    expect(of([129, 79], [130, 79], [110, 79], [110, 80])).toEqual(['elevated', 'stage_1', 'normal', 'stage_1']);
    expect(rows.take('4')['rule']).toBe('SBP 120-129 and DBP<80');
    expect(of([119, 79], [120, 79], [120, 80])).toEqual(['normal', 'elevated', 'stage_1']);
    expect(rows.take('5')['rule']).toBe('SBP<120 and DBP<80');
    // Hypotension, not of ACC/AHA, is an alert rule of its own.
    expect(rows.names).toEqual(['']);
  });

  test('qsofa.csv: both sides of each criterion', () => {
    const rows = new Rows('qsofa.csv', 'criterion');
    rows.take('respiratory rate >=22/min');
    expect([21, 22].map((respiratory_rate) => qsofa({ respiratory_rate }))).toEqual([0, 1]);
    rows.take('systolic BP <=100 mmHg');
    expect([101, 100].map((systolic_bp) => qsofa({ systolic_bp }))).toEqual([0, 1]);
    rows.take('altered mentation (GCS<15; in ACVPU: C,V,P,U)');
    const states = ['A', 'C', 'V', 'P', 'U'] as const;
    expect(states.map((consciousness) => qsofa({ consciousness }))).toEqual([0, 1, 1, 1, 1]);
    expect(rows.take('positive')['points']).toBe(`>=${QSOFA_POSITIVE}`);
    expect(rows.names).toEqual([]);
  });

  test('sirs.csv: both sides of each criterion that a bedside shows, the inequalities strict', () => {
    const rows = new Rows('sirs.csv', 'criterion');
    rows.take('temperature >38.0 or <36.0 C');
    expect([35.9, 36, 38, 38.1].map((temperature) => sirs({ temperature }))).toEqual([1, 0, 0, 1]);
    rows.take('heart rate >90/min');
    expect([90, 91].map((heart_rate) => sirs({ heart_rate }))).toEqual([0, 1]);
    rows.take('respiratory rate >20/min or PaCO2 <32 mmHg');
    expect([20, 21].map((respiratory_rate) => sirs({ respiratory_rate }))).toEqual([0, 1]);
    expect(rows.take('SIRS present')['points']).toBe(`>=${SIRS_POSITIVE}`);
    // From a laboratory: docs/scores.md says that it is left out.
    expect(rows.names).toEqual(['WBC >12 or <4 x10^9/L or >10% bands']);
  });

  test('mews_subbe2001.csv: points at both ends of each band', () => {
    const rows = scoreTable('mews_subbe2001.csv');
    const states: Readonly<Record<string, News2Input['consciousness']>> = {
      'AVPU Alert': 'A',
      'AVPU Voice (or new confusion in GDL)': 'V',
      'AVPU Pain': 'P',
      'AVPU Unresponsive': 'U',
    };
    for (const row of rows) {
      const name = row['parameter'] ?? '';
      const vital = VITAL[name];
      const points = /^2 in openEHR .*; 1 in Subbe 2001/.test(row['points'] ?? '') ? 1 : Number(row['points']);
      if (vital !== undefined) {
        for (const value of valuesOf(row['low'] ?? '', row['high'] ?? '', vital === 'temperature' ? 0.1 : 1)) {
          expect([row, value, mews({ [vital]: value })]).toEqual([row, value, points]);
        }
      } else if (name === 'trigger') expect(row['points']).toBe(`>=${MEWS_TRIGGER} (Subbe)`);
      else expect([row, mews({ consciousness: states[name] as 'A' })]).toEqual([row, points]);
    }
    expect(mews({ consciousness: 'C' })).toBe(1);
  });

  test('temperature_bands.csv: both sides of each band that is ours', () => {
    const rows = new Rows('temperature_bands.csv', 'band');
    const of = (...values: readonly number[]) => values.map(temperatureCategory);
    expect(rows.take('hypothermia')['rule']).toBe('core <35.0 C (mild 32-35, moderate 28-32, severe <28)');
    expect(of(35, 34.9, 32, 31.9, 28, 27.9)).toEqual([
      ...['low', 'mild_hypothermia', 'mild_hypothermia', 'moderate_hypothermia', 'moderate_hypothermia'],
      'severe_hypothermia',
    ]);
    expect(rows.take('pyrexia (UK/NICE)')['rule']).toBe('>=38.0');
    expect(of(37.9, 38)).toEqual(['normal', 'fever']);
    expect(rows.take('hyperpyrexia')['rule']).toMatch(/^>=41\.0/);
    expect(of(40.9, 41)).toEqual(['high_fever', 'hyperpyrexia']);
    // Another definition of fever, and Fahrenheit in a Celsius channel, which cleanse repairs.
    expect(rows.names).toEqual(['fever (common/SSC/IDSA ICU)', 'unit trap']);
  });

  test('paediatric_caveats.csv: both sides of the APLS ranges of each age', () => {
    const rows = new Rows('paediatric_caveats.csv', 'item');
    const ages = [[0], [1], [2, 4], [5, 11], [12, 15]];
    const rates = { HR: paediatricHeartRateBand, RR: paediatricRespiratoryRateBand };
    for (const [name, item] of [
      ['RR', 'APLS awake RR <1y / 1-2 / 2-5 / 5-12 / >12'],
      ['HR', 'APLS HR <1y / 1-2 / 2-5 / 5-12 / >12'],
    ] as const) {
      const ranges = (rows.take(item)['value'] ?? '').split(' / ').map((range) => range.split('-').map(Number));
      ranges.forEach(([low = 0, high = 0], group) => {
        for (const age of ages[group] as number[]) {
          const bands = [low - 1, low, high, high + 1].map((rate) => rates[name](rate, age));
          expect([item, age, bands]).toEqual([item, age, ['below', 'within', 'within', 'above']]);
        }
      });
    }
    expect(rows.take('APLS lower SBP')['value']).toBe('<1y 70; 1-10y 70+2*age; >10y 90');
    for (const age of [0, 1, 5, 10, 11, 15]) {
      const limit = age < 1 ? 70 : age <= 10 ? 70 + 2 * age : 90;
      const bands = [limit - 1, limit].map((pressure) => paediatricSystolicBand(pressure, age));
      expect([age, bands]).toEqual([age, ['below', 'not_below']]);
    }
    expect(rows.take('NEWS2/qSOFA/MEWS under 16')['value']).toMatch(/^do not compute/);
    expect([news2({ ...WELL, age: 15 }).low, qsofa({ age: 15 }), mews({ age: 15 })]).toEqual([null, null, null]);
    // docs/scores.md says why Brighton PEWS is not computed; the last is a fact for the simulator.
    expect(rows.names).toEqual(['Brighton PEWS (GDL PEWS.v1)', 'temperature->HR in children']);
  });

  test('haemodynamics.csv: the formulas, and shock index without a pressure', () => {
    const rows = new Rows('haemodynamics.csv', 'quantity');
    expect(rows.take('MAP')['formula']).toBe('(SBP+2*DBP)/3 = DBP+(SBP-DBP)/3');
    expect(meanArterialPressure(120, 75)).toBe(90);
    expect(rows.take('pulse pressure')['formula']).toBe('SBP-DBP');
    expect(pulsePressure(120, 75)).toBe(45);
    expect(rows.take('shock index')['note']).toMatch(/never Infinity/);
    expect([shockIndex(60, 120), shockIndex(60, 0), shockIndex(60, null)]).toEqual([0.5, null, null]);
    // Variants that are no columns.
    expect(rows.names).toEqual(['modified shock index', 'age shock index']);
  });

  test('plausibility_ranges.csv: cleanse has the valid range of the MIMIC-III benchmark, but for respiration', () => {
    const rows = new Rows('plausibility_ranges.csv', 'vital');
    const limits = (row: Row) => [Number(row['mimic3-benchmarks valid low']), Number(row['valid high'])];
    const ours = ({ low, high }: { low: number; high: number }) => [low, high];
    expect(ours(CLEANSE_LIMITS.heart_rate)).toEqual(limits(rows.take('HR /min')));
    expect(ours(CLEANSE_LIMITS.systolic_bp)).toEqual(limits(rows.take('SBP mmHg')));
    expect(ours(CLEANSE_LIMITS.diastolic_bp)).toEqual(limits(rows.take('DBP mmHg')));
    expect(ours(CLEANSE_LIMITS.spo2)).toEqual(limits(rows.take('SpO2 %')));
    expect(ours(CLEANSE_LIMITS.temperature)).toEqual(limits(rows.take('Temp C')));
    // 300 breaths a minute are nobody's; the mean shares the limits of the pressures; FiO2 and GCS are read in decode.
    expect(rows.names).toEqual(['MAP mmHg', 'RR /min', 'FiO2', 'GCS']);
  });
});
