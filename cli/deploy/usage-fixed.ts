import type { Usage } from './usage-line.js';
import type { Workload } from './workload.js';

/** What is small and does not grow with the hospital: assumed (docs/costs.md). */
const FIXED = {
  internetGib: 5,
  /** terraform/modules/network and kms: a version a quarter, kept for a year. */
  dnsZones: 3,
  keys: 6,
  keyVersions: 4,
  secretVersions: 1,
  logGib: 10,
  imageGib: 2,
  schedulerJobs: 1,
  stepsADay: 50,
  buildMinutes: 300,
} as const;
const MONTH_DAYS = 365 / 12;

/** Names, keys, logs, images, schedules and builds. */
export function fixedUsage({ hardwareKeys }: Workload): readonly Usage[] {
  const keys = FIXED.keys * FIXED.keyVersions;
  return [
    { part: 'Network', item: 'to the internet', price: 'network_internet_gib', quantity: FIXED.internetGib },
    { part: 'Network', item: 'private zones', price: 'dns_zone', quantity: FIXED.dnsZones },
    {
      part: 'Keys and secrets',
      item: 'versions of keys',
      price: hardwareKeys ? 'kms_hardware_key_version' : 'kms_key_version',
      quantity: keys,
    },
    { part: 'Keys and secrets', item: 'pseudonym key', price: 'secret_version', quantity: FIXED.secretVersions },
    { part: 'Logging', item: 'logs', price: 'logging_gib', quantity: FIXED.logGib },
    { part: 'Artifact Registry', item: 'images', price: 'registry_gib', quantity: FIXED.imageGib },
    { part: 'Scheduler and Workflows', item: 'jobs', price: 'scheduler_job', quantity: FIXED.schedulerJobs },
    {
      part: 'Scheduler and Workflows',
      item: 'steps',
      price: 'workflow_step',
      quantity: FIXED.stepsADay * MONTH_DAYS,
    },
    { part: 'Cloud Build', item: 'minutes', price: 'build_minute', quantity: FIXED.buildMinutes },
  ];
}
