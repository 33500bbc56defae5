import type {
  AlertItem,
  AlertsAnswer,
  AnswerState,
  HospitalAnswer,
  PatientAnswer,
  PatientRisk,
  PipelineAnswer,
  RiskBand,
  Severity,
} from '../../../dashboard/api.js';
import { VITALS, type VitalName } from '../../../schema/vitals.js';

/** A hospital made of sines: the same answers for the same time. Only for tests of the pages; the browser suites use a real one. */
const MINUTE = 60_000;
const WARDS = ['ICU', 'HDU', 'ED', 'CARD', 'SURG', 'MED1', 'MED2', 'ORTHO', 'GER', 'MAT'];
const RULES: readonly (readonly [string, Severity])[] = [
  ['hypoxaemia', 'critical'],
  ['tachypnoea', 'urgent'],
  ['news2_high', 'urgent'],
  ['shock_index', 'warning'],
  ['high_fever', 'warning'],
];
const NORMAL: Readonly<Record<VitalName, readonly [number, number] | null>> = {
  heart_rate: [51, 90],
  respiratory_rate: [12, 20],
  spo2: [96, 100],
  systolic_bp: [111, 219],
  diastolic_bp: [60, 80],
  mean_bp: [70, 105],
  temperature: [36.1, 38],
  glucose: [70, 180],
};
const MIDDLE: Readonly<Record<VitalName, readonly [number, number]>> = {
  heart_rate: [82, 18],
  respiratory_rate: [17, 5],
  spo2: [96, 3],
  systolic_bp: [124, 22],
  diastolic_bp: [74, 12],
  mean_bp: [90, 14],
  temperature: [37.1, 0.8],
  glucose: [120, 40],
};

const iso = (time: number): string => new Date(time).toISOString();
/** 0 to 1, the same for the same numbers. */
const chance = (...parts: readonly number[]): number => {
  const mixed = Math.sin(parts.reduce((sum, part, index) => sum + part * (12.9898 + index * 65.137), 0)) * 43_758.5453;
  return mixed - Math.floor(mixed);
};
const bandOf = (score: number): RiskBand =>
  score >= 7 ? 'high' : score >= 5 ? 'medium' : score >= 4 ? 'low-medium' : 'low';
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** The state of every answer at a time. */
export function fakeState(time: number, live = true): AnswerState {
  return {
    time: iso(time),
    live,
    committed_at: iso(time - 400),
    batch: Math.floor(time / 1_000),
    latest_event: iso(time - 1_300),
  };
}

function valueOf(patient: number, vital: VitalName, time: number): number {
  const [middle, spread] = MIDDLE[vital];
  const digits = vital === 'temperature' ? 1 : 0;
  const wave = Math.sin(time / (35 * MINUTE) + patient) * 0.5 + (chance(patient, time / MINUTE) - 0.5) * 0.4;
  const ill = patient % 7 === 0 ? (vital === 'spo2' || vital === 'systolic_bp' ? -1.4 : 1.4) : 0;
  const value = middle + spread * (wave + ill);
  return round(vital === 'spo2' ? Math.min(100, value) : value, digits);
}

const scoreOf = (patient: number, time: number): number =>
  Math.max(
    0,
    Math.round((patient % 7 === 0 ? 8 : patient % 5 === 0 ? 5 : 1.5) + Math.sin(time / (20 * MINUTE) + patient) * 1.8),
  );

export const fakeId = (patient: number): string => (0x1a2b3c4d5e + patient * 7_919).toString(16).padStart(16, '0');

export function fakePatient(patient: number, time: number): PatientRisk {
  const high = scoreOf(patient, time);
  const low = patient % 4 === 0 ? Math.max(0, high - 3) : high;
  return {
    patient_id: fakeId(patient),
    ward: WARDS[patient % WARDS.length]!,
    bed: String(Math.floor(patient / WARDS.length) + 1).padStart(2, '0'),
    minute: iso(Math.floor(time / MINUTE) * MINUTE),
    news2_low: low,
    news2_high: high,
    news2_missing: low === high ? [] : ['temperature'],
    risk_band: bandOf(high),
    anomaly_score: round(0.4 + high * 0.03 + chance(patient) * 0.05, 3),
    vitals: Object.fromEntries(
      VITALS.map(({ name }) => [name, name === 'mean_bp' ? null : valueOf(patient, name, time)]),
    ) as never,
    sparkline: Array.from({ length: 60 }, (_, step) =>
      step > 20 && step < 26 && patient % 3 === 0 ? null : scoreOf(patient, time - (59 - step) * MINUTE),
    ),
    open_alerts: high >= 7 ? 3 : 0,
  };
}

export function fakeAlert(number: number, time: number): AlertItem {
  const [rule, severity] = RULES[number % RULES.length]!;
  const patient = (number % 9) * 7;
  const { patient_id, ward, bed } = fakePatient(patient, time);
  return {
    alert_id: `alert-${number}`,
    patient_id,
    ward,
    bed,
    rule,
    severity,
    value: 84,
    explanation: 'SpO2 84 %, at or below 85 %: severe hypoxaemia.',
    event_time: iso(time),
    publish_time: iso(time + 120),
    receive_time: iso(time + 310),
    commit_time: iso(time + 1_450),
    status: 'open',
    history: [],
  };
}

export function fakeHospital(time: number, ward?: string, patients = 120): HospitalAnswer {
  const all = Array.from({ length: patients }, (_, patient) => fakePatient(patient, time));
  const chosen = all
    .filter((patient) => !ward || patient.ward === ward)
    .sort((a, b) => (b.news2_high ?? 0) - (a.news2_high ?? 0));
  const hour = Math.floor(time / 3_600_000) * 3_600_000;
  return {
    ...fakeState(time),
    wards: WARDS.map((name) => {
      const own = all.filter((patient) => patient.ward === name);
      const bands = { high: 0, medium: 0, 'low-medium': 0, low: 0, unknown: 0 };
      for (const { risk_band } of own) bands[risk_band ?? 'unknown']++;
      return { ward: name, patients: own.length, bands, alerts_last_hour: Math.round(chance(name.length, 3) * 400) };
    }),
    patients: chosen.slice(0, 200),
    patients_total: chosen.length,
    alerts_by_ward_hour: WARDS.flatMap((name, row) =>
      Array.from({ length: 24 }, (_, back) => ({
        ward: name,
        hour: iso(hour - back * 3_600_000),
        severity: RULES[(row + back) % RULES.length]![1],
        alerts: Math.round(chance(row, back) ** 3 * 900),
      })).filter(({ alerts }) => alerts > 5),
    ),
    distributions: VITALS.filter(({ name }) => name !== 'mean_bp').map(({ name, unit }) => {
      const [middle, spread] = MIDDLE[name];
      const edges = Array.from({ length: 21 }, (_, index) => round(middle + spread * (index - 10) * 0.3, 1));
      const counts = Array.from({ length: 20 }, (_, index) => Math.round(60 * Math.exp(-((index - 9.5) ** 2) / 20)));
      return { vital: name, unit, edges, counts, normal: NORMAL[name] };
    }),
  };
}

export function fakePatientAnswer(id: string, from: number, to: number, time: number): PatientAnswer {
  const patient = Array.from({ length: 400 }, (_, number) => number).find((number) => fakeId(number) === id) ?? 0;
  const seconds = to - from > 12 * 3_600_000 ? 3_600 : 60;
  const start = Math.floor(from / (seconds * 1_000)) * seconds * 1_000;
  const time_ms = Array.from(
    { length: Math.ceil((to - start) / (seconds * 1_000)) },
    (_, step) => start + step * seconds * 1_000,
  );
  const gap = (at: number): boolean => at > time || (at / MINUTE) % 90 < 9;
  const series = <T>(value: (at: number) => T): (T | null)[] => time_ms.map((at) => (gap(at) ? null : value(at)));
  const { ward, bed } = fakePatient(patient, time);
  const score = series((at) => round(0.42 + scoreOf(patient, at) * 0.025 + chance(at) * 0.02, 3));
  return {
    ...fakeState(time),
    patient_id: id,
    ward,
    bed,
    age: 71,
    sex: 'female',
    conditions: ['copd', 'heart_failure'],
    from: iso(from),
    to: iso(to),
    resolution_seconds: seconds,
    time_ms,
    vitals: VITALS.map(({ name, unit }) => {
      if (name === 'mean_bp')
        return {
          vital: name,
          unit,
          normal: NORMAL[name],
          min: time_ms.map(() => null),
          max: time_ms.map(() => null),
          last: time_ms.map(() => null),
        };
      const rare = (at: number): boolean => name === 'glucose' && (at / MINUTE) % 30 !== 0;
      const of = (add: number) =>
        series((at) =>
          rare(at) ? null : round(valueOf(patient, name, at) + add * MIDDLE[name][1], name === 'temperature' ? 1 : 0),
        );
      return { vital: name, unit, normal: NORMAL[name], min: of(-0.2), max: of(0.2), last: of(0) };
    }),
    news2: {
      low: series((at) => Math.max(0, scoreOf(patient, at) - (at % (50 * MINUTE) < 20 * MINUTE ? 3 : 0))),
      high: series((at) => scoreOf(patient, at)),
    },
    anomaly: {
      score,
      threshold: 0.63,
      contributions: score.map((value) =>
        value !== null && value > 0.63
          ? { spo2: 0.31, respiratory_rate: 0.22, heart_rate: 0.12, temperature: 0.04, systolic_bp: 0.02 }
          : null,
      ),
    },
    alerts: time_ms
      .filter((at) => !gap(at) && chance(at, 5) > 0.85)
      .map((at, number) => ({ ...fakeAlert(number, at), patient_id: id })),
    interventions: [
      { time: iso(from + (to - from) * 0.4), kind: 'oxygen_on' },
      { time: iso(from + (to - from) * 0.8), kind: 'oxygen_off' },
    ],
  };
}

export function fakeAlerts(time: number, alerts = 60): AlertsAnswer {
  return {
    ...fakeState(time),
    alerts: Array.from({ length: alerts }, (_, number) => fakeAlert(number, time - number * 20_000)),
    total: alerts,
    counts: { open: alerts, acknowledged: 0, resolved: 0 },
    wards: WARDS,
    rules: RULES.map(([rule]) => rule),
  };
}

export function fakePipeline(time: number): PipelineAnswer {
  const minute = Math.floor(time / MINUTE) * MINUTE;
  const latency = { p50: 1.42, p95: 2.31, p99: 3.87 };
  return {
    ...fakeState(time),
    totals: {
      messages: 163_912,
      received: 163_912,
      silver: 162_217,
      dead_letter: 171,
      suppressed: 1_524,
      field_rejects: 412,
      conflicts: 3,
      alerts: 9_131,
    },
    accounted: true,
    watermark: iso(time - 6_000),
    minutes: Array.from({ length: 60 }, (_, index) => ({
      minute: iso(minute - (59 - index) * MINUTE),
      received: index < 25 ? 0 : Math.round(160_000 + chance(index) * 15_000),
      lag_seconds: index < 25 ? null : round(1.1 + chance(index, 2) * 1.4, 2),
    })),
    rejects: [
      {
        stage: 'decode',
        reason: 'SYNTAX',
        count: 88,
        example: 'Unexpected end of JSON input at offset 113',
        field: null,
        latest: iso(time - 4_000),
      },
      {
        stage: 'cleanse',
        reason: 'RANGE',
        count: 412,
        example: 'heart_rate 412 /min is above 350',
        field: 'heart_rate',
        latest: iso(time - 1_000),
      },
    ],
    models: [{ model_id: 'forest-2026-11-21-a1b2c3', first_batch: 1, last_batch: 62, rows: 162_217 }],
    tables: [
      'bronze.patient_vitals',
      'silver.patient_vitals',
      'silver.dead_letter',
      'gold.patient_summary',
      'gold.vitals_hourly',
      'gold.alerts',
      'gold.ward_alerts_hourly',
      'reference.patients',
    ].map((table, index) => ({
      table,
      files: 62 - index * 5,
      rows: 163_912 - index * 20_000,
      bytes: 31_000_000 - index * 3_500_000,
    })),
    alert_latency: { event_to_commit: latency, publish_to_commit: latency, receive_to_commit: null },
    peak_rss: 1_234_567_890,
  };
}
