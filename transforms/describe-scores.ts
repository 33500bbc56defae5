import { thresholdFor } from '../model/calibration/calibration.js';
import { featureFiller } from '../model/features.js';
import type { AnomalyModel } from '../model/model.js';
import { anomalyCause } from './anomaly-cause.js';
import { bloodPressureCategory } from './clinical/blood-pressure.js';
import { isChild, NOT_APPLICABLE, unpackInterval, type Interval } from './clinical/interval.js';
import { meanArterialPressure } from './clinical/mean-arterial-pressure.js';
import { packMews } from './clinical/mews.js';
import { news2, type News2 } from './clinical/news2.js';
import {
  paediatricHeartRateBand,
  paediatricRespiratoryRateBand,
  paediatricSystolicBand,
  type PaediatricBand,
  type PaediatricLimitBand,
} from './clinical/paediatric.js';
import { pulsePressure } from './clinical/pulse-pressure.js';
import { packQsofa } from './clinical/qsofa.js';
import { shockIndex } from './clinical/shock-index.js';
import { packSirs } from './clinical/sirs.js';
import { contributionsOf } from './contributions.js';
import type { EnrichedReading } from './reading.js';

/** What the model says of one reading; nulls where it found fewer than half of its features. */
export interface DescribedAnomaly {
  readonly score: number | null;
  readonly threshold: number;
  readonly is_anomaly: boolean | null;
  readonly model_id: string;
  /** Every feature's part of the score, unrounded: they sum to the score less the model's baseline. */
  readonly contributions: Readonly<Record<string, number>>;
  readonly cause: 'patient' | 'sensor' | null;
}

/** The scores of one reading in the order and shape of INTERFACES.md, "Scored reading". */
export interface DescribedScores {
  readonly news2: Omit<News2, 'reason'> & { readonly reason: News2['reason'] | 'entered_in_error' };
  readonly bp_category: string | null;
  readonly mean_arterial_pressure: number | null;
  readonly pulse_pressure: number | null;
  readonly shock_index: number | null;
  readonly qsofa: Interval;
  readonly sirs: Interval;
  readonly mews: Interval;
  /** Against the APLS ranges of the age; left out from 16 and where the age is unknown. */
  readonly paediatric?: {
    readonly heart_rate: PaediatricBand | null;
    readonly respiratory_rate: PaediatricBand | null;
    readonly systolic_bp: PaediatricLimitBand | null;
  };
  /** Left out where no model scores. */
  readonly anomaly?: DescribedAnomaly;
}

/**
 * Scores one reading for a person to read: the same rules as scoreReadings, with NEWS2's points and every contribution.
 * A tombstone has no scores. Pure; `model` null leaves the anomaly out.
 */
export function describeScores(reading: EnrichedReading, model: AnomalyModel | null): DescribedScores {
  if (reading.status === 'entered-in-error') return withdrawnScores(model, reading.ward);
  const { heart_rate, systolic_bp, diastolic_bp } = reading;
  return {
    news2: news2(reading),
    bp_category: bloodPressureCategory(systolic_bp, diastolic_bp, reading.age),
    mean_arterial_pressure: meanArterialPressure(systolic_bp, diastolic_bp),
    pulse_pressure: pulsePressure(systolic_bp, diastolic_bp),
    shock_index: shockIndex(heart_rate, systolic_bp),
    qsofa: unpackInterval(packQsofa(reading)),
    sirs: unpackInterval(packSirs(reading)),
    mews: unpackInterval(packMews(reading)),
    ...(isChild(reading.age) ? { paediatric: describePaediatric(reading) } : {}),
    ...(model === null ? {} : { anomaly: describeAnomaly(reading, model) }),
  };
}

function describePaediatric({ heart_rate, respiratory_rate, systolic_bp, age }: EnrichedReading) {
  return {
    heart_rate: paediatricHeartRateBand(heart_rate, age),
    respiratory_rate: paediatricRespiratoryRateBand(respiratory_rate, age),
    systolic_bp: paediatricSystolicBand(systolic_bp, age),
  };
}

function describeAnomaly(reading: EnrichedReading, model: AnomalyModel): DescribedAnomaly {
  const row = new Float64Array(model.features.length);
  featureFiller(model.features)(reading, row, 0);
  const score = model.score(row, 1)[0] as number;
  if (Number.isNaN(score)) return noAnomaly(model, reading.ward);
  const threshold = thresholdFor(model, reading.ward);
  const contributions = contributionsOf(model, row, 0);
  return {
    score,
    threshold,
    is_anomaly: score >= threshold,
    model_id: model.id,
    contributions: Object.fromEntries(model.features.map((feature, i) => [feature.name, contributions[i] as number])),
    cause: anomalyCause(reading, model.features),
  };
}

function noAnomaly(model: AnomalyModel, ward: string | null): DescribedAnomaly {
  const threshold = thresholdFor(model, ward);
  return { score: null, threshold, is_anomaly: null, model_id: model.id, contributions: {}, cause: null };
}

function withdrawnScores(model: AnomalyModel | null, ward: string | null): DescribedScores {
  const none = unpackInterval(NOT_APPLICABLE);
  return {
    news2: {
      ...{ low: null, high: null, exact: false, missing: [], band_low: null, band_high: null, points: {} },
      applicable: false,
      reason: 'entered_in_error',
    },
    bp_category: null,
    mean_arterial_pressure: null,
    pulse_pressure: null,
    shock_index: null,
    qsofa: none,
    sirs: none,
    mews: none,
    ...(model === null ? {} : { anomaly: noAnomaly(model, ward) }),
  };
}
