/**
 * Names under which an engine provides what the stages need (transforms/resources.ts). Each says its content, so that a
 * graph and its resources cannot be mixed up: a patients file by its hash, a model by its id.
 */
export type PseudonymName = `pseudonym:${string}`;
export type PatientsName = `patients:${string}`;
export type AnomalyModelName = `model:${string}`;
