import { register } from '../beam/index.js';
import {
  stageBlock,
  stagedParDo,
  type Block,
  type StagedCollections,
  type StagedElement,
  type Transform,
} from './block.js';
import { noteEvidence } from './artefact/note-evidence.js';
import { CLEANSE_LIMITS, NARROW_PULSE_PRESSURE } from './cleanse-limits.js';
import { checkClock } from './clock-check.js';
import type { DecodedReading } from './decode/decoded-reading.js';
import { Findings } from './findings.js';
import type { Reading } from './reading.js';
import type { Staged } from './reject.js';
import { isUsable } from './usable.js';
import { checkVital } from './vital-check.js';

export interface CleanseOptions {
  /**
   * Compare event time with the sender's clock (SKEW, FUTURE, AFTER_PUBLISH). Off for `decode`, `score` and `--once`,
   * which read recorded data.
   */
  readonly checkClock: boolean;
}

const NOTHING: readonly Reading[] = Object.freeze([]);

/**
 * Cleanses one decoded reading: keeps what is plausible, repairs what is certain, refuses the rest field by field.
 *
 * Stands after decode, so that every dialect meets the same rules, and before window, so that no reading without a
 * trustworthy event time reaches a pane. Looks at this reading only: flat lines, jumps and sequence resets need
 * neighbours and live in gold.
 *
 * In: a decoded reading, vitals in the source's units. Out: at most one reading, vitals in canonical units at the schema's
 * scale, with the flags of decode and its own.
 * Rejects: UNIT, AMBIGUOUS, RANGE, BP_ORDER by field; FUTURE and NO_READING (nothing usable is left) whole.
 * Delivery: pure and deterministic; repeats are removed later, by deduplicate.
 */
export function cleanse(decoded: DecodedReading, options: CleanseOptions): Staged<Reading> {
  const findings = new Findings(
    'cleanse',
    decoded.batch,
    decoded.offset,
    decoded.item,
    decoded.source_message_id,
    decoded.receive_time,
    decoded.flags,
  );
  if (options.checkClock && !checkClock(decoded, findings)) return { rows: NOTHING, rejects: findings.rejects };
  let systolic = checkVital(CLEANSE_LIMITS.systolic_bp, decoded, findings);
  let diastolic = checkVital(CLEANSE_LIMITS.diastolic_bp, decoded, findings);
  if (systolic !== null && diastolic !== null && !checkPressures(systolic, diastolic, findings)) {
    systolic = null;
    diastolic = null;
  }
  const heart_rate = checkVital(CLEANSE_LIMITS.heart_rate, decoded, findings);
  const respiratory_rate = checkVital(CLEANSE_LIMITS.respiratory_rate, decoded, findings);
  const spo2 = checkVital(CLEANSE_LIMITS.spo2, decoded, findings);
  const mean_bp = checkVital(CLEANSE_LIMITS.mean_bp, decoded, findings);
  const temperature = checkVital(CLEANSE_LIMITS.temperature, decoded, findings);
  const glucose = checkVital(CLEANSE_LIMITS.glucose, decoded, findings);
  noteEvidence(heart_rate, respiratory_rate, systolic, diastolic, glucose, decoded, findings);
  const reading: Reading = {
    batch: decoded.batch,
    offset: decoded.offset,
    item: decoded.item,
    source_message_id: decoded.source_message_id,
    publish_time: decoded.publish_time,
    receive_time: decoded.receive_time,
    patient_id: decoded.patient_id,
    device_id: decoded.device_id,
    ward: decoded.ward,
    bed: decoded.bed,
    event_time: decoded.event_time,
    sequence: decoded.sequence,
    status: decoded.status,
    heart_rate,
    respiratory_rate,
    spo2,
    systolic_bp: systolic,
    diastolic_bp: diastolic,
    mean_bp,
    temperature,
    glucose,
    supplemental_oxygen: decoded.supplemental_oxygen,
    consciousness: decoded.consciousness,
    spo2_scale: decoded.spo2_scale,
    sent_time: decoded.sent_time,
    identity: decoded.identity,
    // Last: it holds what every line above has found.
    flags: findings.flags,
  };
  if (isUsable(reading)) return { rows: [reading], rejects: findings.rejects };
  findings.refuseItem(null, 'NO_READING', 'no vital sign is left');
  return { rows: NOTHING, rejects: findings.rejects };
}

/**
 * Rows 39-41. A systolic below its diastolic refuses both (one of them is wrong, and nothing says which; they are never
 * swapped); equal or close ones are kept and flagged. Compares the rounded values: those that are kept.
 * @returns false when both were refused
 */
function checkPressures(systolic: number, diastolic: number, findings: Findings): boolean {
  const difference = systolic - diastolic;
  if (difference < 0) {
    findings.refuse('systolic_bp', 'BP_ORDER', 'systolic below diastolic');
    findings.refuse('diastolic_bp', 'BP_ORDER', 'systolic below diastolic');
    return false;
  }
  if (difference === 0) findings.flag('systolic_bp', 'BP_EQUAL');
  else if (difference < NARROW_PULSE_PRESSURE) findings.flag('systolic_bp', 'NARROW_PULSE_PRESSURE');
  return true;
}

/** Cleanses the readings of a block. */
export class CleanseReadings {
  constructor(readonly options: CleanseOptions) {}

  process(block: Block<DecodedReading>): Generator<StagedElement<Reading>> {
    return stageBlock(block, (reading) => cleanse(reading, this.options));
  }
}

/** {@link cleanse} over blocks. */
export function cleanseBlocks(options: CleanseOptions): Transform<Block<DecodedReading>, StagedCollections<Reading>> {
  return stagedParDo(new CleanseReadings(options));
}

register('transforms/cleanse', { CleanseReadings });
