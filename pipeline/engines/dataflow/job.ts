/** A job as the service answers it: the fields that are read here, all optional because JSON leaves defaults out. */
export interface Job {
  readonly id: string;
  readonly name?: string;
  readonly currentState?: JobState;
  readonly currentStateTime?: string;
  readonly createTime?: string;
  readonly clientRequestId?: string;
  readonly replaceJobId?: string;
  readonly replacedByJobId?: string;
}

/** States of google.dataflow.v1beta3.JobState; others may come and are shown as they are. */
export type JobState = `JOB_STATE_${string}`;

export interface JobMessage {
  readonly id: string;
  readonly time: string;
  readonly messageText: string;
  readonly messageImportance: MessageImportance;
}

export type MessageImportance =
  'JOB_MESSAGE_DEBUG' | 'JOB_MESSAGE_DETAILED' | 'JOB_MESSAGE_BASIC' | 'JOB_MESSAGE_WARNING' | 'JOB_MESSAGE_ERROR';

/** A job in one of these is over and never changes again. */
const TERMINAL: readonly string[] = [
  'JOB_STATE_DONE',
  'JOB_STATE_FAILED',
  'JOB_STATE_CANCELLED',
  'JOB_STATE_UPDATED',
  'JOB_STATE_DRAINED',
];

/** The job is over: nothing that is asked of it will happen. */
export function hasEnded(job: Job): boolean {
  return TERMINAL.includes(job.currentState ?? '');
}

/** `JOB_STATE_RUNNING` as people say it: `running`. */
export function stateName(job: Job): string {
  return (job.currentState ?? 'JOB_STATE_UNKNOWN').replace('JOB_STATE_', '').toLowerCase().replaceAll('_', ' ');
}
