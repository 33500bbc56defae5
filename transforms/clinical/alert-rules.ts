/** The values that a rule may look at. Consciousness is its place in ACVPU, from 0; is_anomaly is 0 or 1. */
export const ALERT_FIELDS = [
  'heart_rate',
  'respiratory_rate',
  'spo2',
  'systolic_bp',
  'diastolic_bp',
  'temperature',
  'glucose',
  'shock_index',
  'consciousness',
  'news2_low',
  'is_anomaly',
] as const;
export type AlertField = (typeof ALERT_FIELDS)[number];

export type Severity = 'warning' | 'urgent' | 'critical';

/** Holds where the value is in [from, to], both inclusive; a missing value holds nothing. */
export interface AlertCondition {
  readonly field: AlertField;
  /** Least value that holds; open below when left out. */
  readonly from?: number;
  /** Greatest value that holds; open above when left out. */
  readonly to?: number;
  /** Only for patients on this NEWS2 SpO2 scale. */
  readonly spo2Scale?: 1 | 2;
}

/** A rule on one reading alone; rules with delay or k-of-n work on patient-minutes. */
export interface AlertRule {
  readonly name: string;
  readonly severity: Severity;
  /** What it may mean, to end the explanation with. */
  readonly meaning: string;
  /** The limits are those of adults: not for a patient known to be under 16. */
  readonly adultsOnly: boolean;
  /** Alternatives; the first that holds gives the value and its words. */
  readonly anyOf: readonly AlertCondition[];
}

/**
 * The row-local rules. Limits at NEWS2's red bands (a single parameter with 3 points, RCP 2017) unless a line says
 * otherwise. Limits are at the precision of the chart: temperature is rounded half-up to 0.1 first.
 */
export const ALERT_RULES: readonly AlertRule[] = [
  {
    name: 'asystole',
    severity: 'critical',
    meaning: 'possible asystole',
    adultsOnly: false,
    // A lead that is known to be off has no heart rate (PROBE_OFF), so that a 0 may be real (RELIABILITY, case 44).
    anyOf: [{ field: 'heart_rate', to: 0 }],
  },
  {
    name: 'bradycardia',
    severity: 'urgent',
    meaning: 'severe bradycardia',
    adultsOnly: false,
    anyOf: [{ field: 'heart_rate', from: 1, to: 40 }],
  },
  {
    name: 'tachycardia',
    severity: 'urgent',
    meaning: 'severe tachycardia',
    adultsOnly: true,
    anyOf: [{ field: 'heart_rate', from: 131 }],
  },
  {
    name: 'bradypnoea',
    severity: 'urgent',
    meaning: 'respiratory depression',
    adultsOnly: false,
    anyOf: [{ field: 'respiratory_rate', to: 8 }],
  },
  {
    name: 'tachypnoea',
    severity: 'urgent',
    meaning: 'severe tachypnoea',
    adultsOnly: true,
    anyOf: [{ field: 'respiratory_rate', from: 25 }],
  },
  {
    name: 'hypoxaemia',
    severity: 'critical',
    meaning: 'severe hypoxaemia',
    adultsOnly: false,
    // Scale 1: well below its red band (91), which is too common for the highest severity. Scale 2: its red band.
    anyOf: [
      { field: 'spo2', to: 85, spo2Scale: 1 },
      { field: 'spo2', to: 83, spo2Scale: 2 },
    ],
  },
  {
    name: 'hypotension',
    severity: 'urgent',
    meaning: 'hypotension',
    adultsOnly: true,
    anyOf: [{ field: 'systolic_bp', to: 90 }],
  },
  {
    name: 'hypertensive_crisis',
    severity: 'warning',
    meaning: 'hypertensive crisis',
    adultsOnly: false,
    // ACC/AHA 2017: above 180 or above 120.
    anyOf: [
      { field: 'systolic_bp', from: 181 },
      { field: 'diastolic_bp', from: 121 },
    ],
  },
  {
    name: 'hypothermia',
    severity: 'warning',
    meaning: 'hypothermia',
    adultsOnly: false,
    anyOf: [{ field: 'temperature', to: 35.0 }],
  },
  {
    name: 'high_fever',
    severity: 'warning',
    meaning: 'high fever',
    adultsOnly: false,
    // NEWS2's highest band, which has 2 points.
    anyOf: [{ field: 'temperature', from: 39.1 }],
  },
  {
    name: 'severe_hypoglycaemia',
    severity: 'critical',
    meaning: 'severe hypoglycaemia',
    adultsOnly: false,
    // Below 54 mg/dL, level 2 (ADA Standards of Care).
    anyOf: [{ field: 'glucose', to: 53.9 }],
  },
  {
    name: 'extreme_hyperglycaemia',
    severity: 'urgent',
    meaning: 'extreme hyperglycaemia',
    adultsOnly: false,
    // Above 400 mg/dL, a usual critical value of laboratories.
    anyOf: [{ field: 'glucose', from: 400.1 }],
  },
  {
    name: 'shock_index',
    severity: 'warning',
    meaning: 'possible shock',
    adultsOnly: true,
    // Heart rate at or above the systolic pressure; 0.5-0.7 is usual.
    anyOf: [{ field: 'shock_index', from: 1.0 }],
  },
  {
    name: 'unresponsive',
    severity: 'urgent',
    meaning: 'reduced consciousness',
    adultsOnly: false,
    // P and U of ACVPU.
    anyOf: [{ field: 'consciousness', from: 3 }],
  },
  {
    name: 'news2_high',
    severity: 'urgent',
    meaning: 'high clinical risk: emergency response',
    adultsOnly: true,
    // Certain, whatever is missing: the low bound.
    anyOf: [{ field: 'news2_low', from: 7 }],
  },
  {
    name: 'anomaly',
    severity: 'warning',
    meaning: 'unusual for the model',
    adultsOnly: false,
    anyOf: [{ field: 'is_anomaly', from: 1 }],
  },
];
