import { BRONZE_PATIENT_VITALS } from './tables/bronze-patient-vitals.js';
import { GOLD_ALERT_EVENTS } from './tables/gold-alert-events.js';
import { GOLD_ALERTS } from './tables/gold-alerts.js';
import { GOLD_MODEL_DRIFT } from './tables/gold-model-drift.js';
import { GOLD_MODEL_EVENTS } from './tables/gold-model-events.js';
import { GOLD_PATIENT_SUMMARY } from './tables/gold-patient-summary.js';
import { GOLD_VITALS_HOURLY } from './tables/gold-vitals-hourly.js';
import { GOLD_WARD_ALERTS_HOURLY } from './tables/gold-ward-alerts-hourly.js';
import { REFERENCE_PATIENTS } from './tables/reference-patients.js';
import { SILVER_DEAD_LETTER } from './tables/silver-dead-letter.js';
import { SILVER_PATIENT_VITALS } from './tables/silver-patient-vitals.js';

/** Every table of the lake, in the order in which a reading passes them. */
export const TABLES = [
  BRONZE_PATIENT_VITALS,
  SILVER_PATIENT_VITALS,
  SILVER_DEAD_LETTER,
  GOLD_PATIENT_SUMMARY,
  GOLD_VITALS_HOURLY,
  GOLD_ALERTS,
  GOLD_WARD_ALERTS_HOURLY,
  GOLD_ALERT_EVENTS,
  GOLD_MODEL_EVENTS,
  GOLD_MODEL_DRIFT,
  REFERENCE_PATIENTS,
] as const;

/**
 * Version of the rules (decode, cleanse, scores, alerts) that a row was made by. Raise it with any change that can
 * change a row; it is part of every alert_id.
 */
export const RULE_VERSION = '2';
