import { ConfigurationError } from '../../schema/errors.js';

/** What runs the graph. */
export type DeployEngine = 'direct' | 'dataflow';
export const ENVIRONMENTS = ['dev', 'prod'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
/** Tables that BigQuery gets: gold alone, with silver, or all three. */
export const LOADED = ['gold', 'silver', 'bronze'] as const;
export type Loaded = (typeof LOADED)[number];

/** A hospital and how it is run: everything that decides what it costs. */
export interface Workload {
  readonly patients: number;
  /** Seconds between two readings of a patient. */
  readonly intervalSeconds: number;
  readonly engine: DeployEngine;
  readonly environment: Environment;
  /** Processors and GiB of memory of the worker pool that writes the lake; each processor has a thread and a share. */
  readonly cpus: number;
  readonly memoryGib: number;
  /** Whether keys lie in hardware. */
  readonly hardwareKeys: boolean;
  /** Seconds between batches (`vitals run --batch-seconds`). */
  readonly batchSeconds: number;
  /** Messages in one request of a publisher, all of one ordering key or all of none. */
  readonly publishBatch: number;
  /** Days that the topic keeps messages for replay; 0 for none. */
  readonly topicRetentionDays: number;
  /** Days of data that have piled up: the lake deletes none of them. */
  readonly afterDays: number;
  /** Age in days at which bronze becomes Nearline and Coldline; null for never. */
  readonly nearlineDays: number | null;
  readonly coldlineDays: number | null;
  /** Days that the bucket keeps old versions of what was deleted or merged, and then, again, its soft delete. */
  readonly noncurrentDays: number;
  readonly softDeleteDays: number;
  readonly loaded: Loaded;
  /** Minutes between two refreshes of an open Looker Studio report. */
  readonly reportMinutes: number;
}

/** Sizes of terraform/modules/environment. */
export const SIZES = {
  small: { cpus: 1, memoryGib: 4 },
  large: { cpus: 4, memoryGib: 16 },
} as const;

type Settings = Omit<Workload, 'patients' | 'intervalSeconds' | 'engine' | 'environment'>;

/**
 * What is the same everywhere: the defaults of `vitals run`, a year of data, and publishers that keep each patient's order,
 * as `vitals simulate` does: a request has one ordering key, and so, live, one message (docs/pubsub.md).
 */
const COMMON = { batchSeconds: 1, publishBatch: 1, afterDays: 365, loaded: 'gold' } as const;

/** What an environment has when nobody says otherwise: terraform/envs, and a report that is open all day in production. */
export const ENVIRONMENT_DEFAULTS: Readonly<Record<Environment, Settings>> = {
  dev: {
    ...COMMON,
    ...SIZES.small,
    hardwareKeys: false,
    topicRetentionDays: 1,
    nearlineDays: null,
    coldlineDays: null,
    noncurrentDays: 1,
    softDeleteDays: 0,
    reportMinutes: 60,
  },
  prod: {
    ...COMMON,
    ...SIZES.large,
    hardwareKeys: true,
    topicRetentionDays: 7,
    nearlineDays: 30,
    coldlineDays: 120,
    noncurrentDays: 14,
    softDeleteDays: 7,
    reportMinutes: 15,
  },
};

/** Most of a value that is no slip of the keyboard. */
const MOST = { patients: 1_000_000, seconds: 86_400, publishBatch: 1_000, topicDays: 31, days: 36_500 } as const;

/** @throws ConfigurationError naming the flag, its value and the remedy */
export function checkWorkload(load: Workload): void {
  whole('--patients', load.patients, 1, MOST.patients);
  between('--interval', load.intervalSeconds, 0.1, MOST.seconds, 'seconds between two readings of a patient');
  if (![1, 2, 4, 6, 8].includes(load.cpus)) {
    throw new ConfigurationError('--cpus', `${load.cpus} is no number that a worker pool has`, 'Give 1, 2, 4, 6 or 8.');
  }
  between('--batch-seconds', load.batchSeconds, 0.1, 600, 'seconds between two batches');
  whole('--publish-batch', load.publishBatch, 1, MOST.publishBatch);
  between('--topic-retention-days', load.topicRetentionDays, 1, MOST.topicDays, 'days (Pub/Sub keeps 31 at most)');
  whole('--after-days', load.afterDays, 1, MOST.days);
  if (load.nearlineDays !== null) whole('--nearline-days', load.nearlineDays, 1, MOST.days);
  if (load.coldlineDays !== null) whole('--coldline-days', load.coldlineDays, 30 + (load.nearlineDays ?? 0), MOST.days);
  whole('--noncurrent-days', load.noncurrentDays, 1, MOST.days);
  between('--soft-delete-days', load.softDeleteDays, 0, 90, 'days (a bucket keeps 90 at most)');
  between('--report-minutes', load.reportMinutes, 1, 1_440, 'minutes between two refreshes');
}

function whole(flag: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const remedy = `Give a whole number from ${least} to ${most.toLocaleString('en-US')}.`;
  throw new ConfigurationError(flag, `${value} is out of range`, remedy);
}

function between(flag: string, value: number, least: number, most: number, what: string): void {
  if (value >= least && value <= most) return;
  throw new ConfigurationError(flag, `${value} is out of range`, `Give ${least} to ${most} ${what}.`);
}
