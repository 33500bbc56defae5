import { register, type PCollection } from '../beam/index.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { resource } from './resources.js';
import { readingCause } from './artefact/reading-cause.js';
import { thresholdFor } from '../model/calibration/calibration.js';
import { featureFiller } from '../model/features.js';
import type { AnomalyModel } from '../model/model.js';
import { bloodPressureCategory } from './clinical/blood-pressure.js';
import { glucoseCategory, heartRateCategory, spo2Category, temperatureCategory } from './clinical/categories.js';
import { highOf, lowOf, NOT_APPLICABLE } from './clinical/interval.js';
import { meanArterialPressure } from './clinical/mean-arterial-pressure.js';
import { packMews } from './clinical/mews.js';
import { news2BandHigh, news2BandLow, news2Missing, news2Reason, packNews2 } from './clinical/news2.js';
import { NOT_SCORED } from './clinical/news2-parameters.js';
import {
  paediatricHeartRateBand,
  paediatricRespiratoryRateBand,
  paediatricSystolicBand,
} from './clinical/paediatric.js';
import { pulsePressure } from './clinical/pulse-pressure.js';
import { packQsofa } from './clinical/qsofa.js';
import { shockIndex } from './clinical/shock-index.js';
import { packSirs } from './clinical/sirs.js';
import { topContributions } from './contributions.js';
import { utcDate } from './event-date.js';
import { flagsJson } from './flags-json.js';
import type { EnrichedReading, ScoredReading } from './reading.js';

export { describeScores } from './describe-scores.js';

/** NEWS2's scale where neither the message nor the record prescribes one (RCP 2017: scale 2 only when directed). */
const USUAL_SPO2_SCALE = 1;

/**
 * Scores a block of readings: derived values, categories, the four scores as intervals, the anomaly score.
 *
 * Stands last before silver: everything that it reads is in the row (silver holds row-local values only). Works on
 * blocks because a forest is scored faster in a row-major matrix than reading by reading.
 *
 * In: enriched readings. Out: one silver row each, in the same order. A tombstone keeps its identity and its vitals as
 * sent, and every score is null. Without a model, or where the model finds too few features, the anomaly is null.
 * Rejects nothing. Delivery: pure and deterministic, given the models.
 *
 * @param challenger scores in the shadow of the model: its scores stand beside, and decide nothing
 */
export function scoreReadings(
  readings: readonly EnrichedReading[],
  model: AnomalyModel | null,
  ruleVersion: string,
  challenger: AnomalyModel | null = null,
): ScoredReading[] {
  const anomalies = model === null ? null : scoreAnomalies(readings, model);
  const shadow = challenger === null ? null : scoreAnomalies(readings, challenger);
  const rows: ScoredReading[] = new Array<ScoredReading>(readings.length);
  for (let i = 0; i < readings.length; i++) {
    rows[i] = scoredRow(readings[i] as EnrichedReading, i, anomalies, shadow, ruleVersion);
  }
  return rows;
}

/** Anomaly scores of a block, NaN where there is none, and what explains them. */
interface BlockAnomalies {
  readonly model: AnomalyModel;
  readonly features: Float64Array;
  readonly scores: Float64Array;
}

function scoreAnomalies(readings: readonly EnrichedReading[], model: AnomalyModel): BlockAnomalies {
  const width = model.features.length;
  const features = new Float64Array(readings.length * width);
  const fill = featureFiller(model.features);
  for (let i = 0; i < readings.length; i++) fill(readings[i] as EnrichedReading, features, i * width);
  return { model, features, scores: model.score(features, readings.length) };
}

/** One object literal, in the order of the table: the hottest line of the pipeline. */
function scoredRow(
  r: EnrichedReading,
  index: number,
  anomalies: BlockAnomalies | null,
  shadow: BlockAnomalies | null,
  ruleVersion: string,
): ScoredReading {
  const stands = r.status !== 'entered-in-error';
  const systolic = stands ? r.systolic_bp : null;
  const diastolic = stands ? r.diastolic_bp : null;
  const heartRate = stands ? r.heart_rate : null;
  const news2 = stands ? packNews2(r) : NOT_SCORED;
  const qsofa = stands ? packQsofa(r) : NOT_APPLICABLE;
  const sirs = stands ? packSirs(r) : NOT_APPLICABLE;
  const mews = stands ? packMews(r) : NOT_APPLICABLE;
  let anomalyScore: number | null = null;
  let isAnomaly: boolean | null = null;
  let anomalyTop: string | null = null;
  let modelId: string | null = null;
  if (anomalies !== null && stands) {
    const score = anomalies.scores[index] as number;
    if (score === score) {
      anomalyScore = score;
      isAnomaly = score >= thresholdFor(anomalies.model, r.ward);
      modelId = anomalies.model.id;
      if (isAnomaly) anomalyTop = topContributions(anomalies.model, anomalies.features, index);
    }
  }
  const shadowScore = shadow !== null && stands ? (shadow.scores[index] as number) : NaN;
  const challenged = shadow !== null && shadowScore === shadowScore;
  const row: ScoredReading = {
    reading_id: r.reading_id,
    content_hash: r.content_hash,
    status: r.status,
    sent_time: r.sent_time,
    patient_id: r.patient_id,
    device_id: r.device_id,
    ward: r.ward,
    bed: r.bed,
    event_time: r.event_time,
    sequence: r.sequence,
    heart_rate: r.heart_rate,
    respiratory_rate: r.respiratory_rate,
    spo2: r.spo2,
    systolic_bp: r.systolic_bp,
    diastolic_bp: r.diastolic_bp,
    mean_bp: r.mean_bp,
    temperature: r.temperature,
    glucose: r.glucose,
    supplemental_oxygen: r.supplemental_oxygen,
    consciousness: r.consciousness,
    spo2_scale: r.spo2_scale ?? USUAL_SPO2_SCALE,
    flags: flagsJson(r.flags),
    age: r.age,
    mean_arterial_pressure: meanArterialPressure(systolic, diastolic),
    pulse_pressure: pulsePressure(systolic, diastolic),
    shock_index: shockIndex(heartRate, systolic),
    bp_category: bloodPressureCategory(systolic, diastolic, r.age),
    heart_rate_category: heartRateCategory(heartRate, r.age),
    spo2_category: stands ? spo2Category(r.spo2) : null,
    temperature_category: stands ? temperatureCategory(r.temperature) : null,
    glucose_category: stands ? glucoseCategory(r.glucose) : null,
    news2_low: lowOf(news2),
    news2_high: highOf(news2),
    news2_missing: news2Missing(news2),
    news2_band_low: news2BandLow(news2),
    news2_band_high: news2BandHigh(news2),
    news2_reason: news2Reason(news2),
    qsofa_low: lowOf(qsofa),
    qsofa_high: highOf(qsofa),
    sirs_low: lowOf(sirs),
    sirs_high: highOf(sirs),
    mews_low: lowOf(mews),
    mews_high: highOf(mews),
    paediatric_heart_rate_band: paediatricHeartRateBand(heartRate, r.age),
    paediatric_respiratory_rate_band: paediatricRespiratoryRateBand(stands ? r.respiratory_rate : null, r.age),
    paediatric_systolic_bp_band: paediatricSystolicBand(systolic, r.age),
    anomaly_score: anomalyScore,
    is_anomaly: isAnomaly,
    anomaly_top: anomalyTop,
    model_id: modelId,
    challenger_score: challenged ? shadowScore : null,
    challenger_is_anomaly: challenged ? shadowScore >= thresholdFor(shadow.model, r.ward) : null,
    challenger_id: challenged ? shadow.model.id : null,
    cause: null,
    rule_version: ruleVersion,
    conflict: false,
    known_from: r.receive_time,
    source_message_id: r.source_message_id,
    batch: r.batch,
    offset: r.offset,
    item: r.item,
    publish_time: r.publish_time,
    receive_time: r.receive_time,
    event_date: utcDate(r.event_time),
  };
  row.cause = readingCause(row, r.flags);
  return row;
}

/** Scores the readings of a block; the model is a resource, null when nothing is scored for anomalies. */
export class ScoreReadings {
  constructor(
    readonly model: string | null,
    readonly rule_version: string,
    readonly challenger: string | null = null,
  ) {}

  *process(block: Block<EnrichedReading>): Generator<Block<ScoredReading>> {
    const model = this.model === null ? null : resource<AnomalyModel>(this.model);
    const challenger = this.challenger === null ? null : resource<AnomalyModel>(this.challenger);
    yield scoreReadings(block, model, this.rule_version, challenger);
  }
}

/** {@link scoreReadings} over blocks. @param model name of the model's resource, null for none; challenger likewise */
export function scoreBlocks(
  model: string | null,
  ruleVersion: string,
  challenger: string | null = null,
): Transform<Block<EnrichedReading>, PCollection<Block<ScoredReading>>> {
  return (input) => apply(input, 'Rows', parDo(new ScoreReadings(model, ruleVersion, challenger)));
}

register('transforms/score', { ScoreReadings });
