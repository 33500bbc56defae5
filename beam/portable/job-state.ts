import { jobApi } from './internals.js';

/** A job's state as the job API names it. */
export type JobState =
  | 'UNSPECIFIED'
  | 'STOPPED'
  | 'RUNNING'
  | 'DONE'
  | 'FAILED'
  | 'CANCELLED'
  | 'UPDATED'
  | 'DRAINING'
  | 'DRAINED'
  | 'STARTING'
  | 'CANCELLING'
  | 'UPDATING'
  | 'RESOURCE_CLEANING_UP';

/** States that a job does not leave, and in which its work is done. */
const DONE: readonly JobState[] = ['DONE', 'DRAINED', 'UPDATED'];
/** States that a job does not leave, and in which it is not. */
const LOST: readonly JobState[] = ['FAILED', 'CANCELLED'];

export function isTerminal(state: JobState): boolean {
  return DONE.includes(state) || LOST.includes(state);
}

/** Whether a terminal state means that the job has done all of its work. */
export function isSuccess(state: JobState): boolean {
  return DONE.includes(state);
}

/** The name of a state's number on the wire. */
export function jobStateName(state: number): JobState {
  return (jobApi.JobState_Enum[state] ?? 'UNSPECIFIED') as JobState;
}
