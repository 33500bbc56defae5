/** The collections that a graph hands to its sinks. */
export const GRAPH_OUTPUTS = [
  'silver.patient_vitals',
  'silver.dead_letter',
  'suppressed',
  'gold.patient_summary',
  'gold.vitals_hourly',
  'gold.alerts',
  'gold.ward_alerts_hourly',
] as const;

export type GraphOutput = (typeof GRAPH_OUTPUTS)[number];
