/** What Google Cloud charges for; amounts in US dollars. */
export type PriceName = keyof typeof LIST_PRICES;

/** One price of the list. */
export interface Price {
  readonly usd: number;
  /** What one pays it for. */
  readonly per: string;
  /** The page that shows it. */
  readonly source: string;
  /** When the page was seen as it is quoted here; null: known from earlier lists, not seen again. */
  readonly seen: string | null;
}

export type Prices = Readonly<Record<PriceName, Price>>;

/** The region that these are the prices of. */
export const PRICED_REGION = 'europe-west4';
/** When the list was put together. */
export const PRICED_ON = '2026-11-21';

const PUBSUB = 'cloud.google.com/pubsub/pricing';
const STORAGE = 'cloud.google.com/storage/pricing';
const RUN = 'cloud.google.com/run/pricing';
const DATAFLOW = 'cloud.google.com/dataflow/pricing';
const BIGQUERY = 'cloud.google.com/bigquery/pricing';

/** A price that was read on the page itself (in a public copy of that day). */
const seen = (usd: number, per: string, source: string, day: string): Price => ({ usd, per, source, seen: day });
/** A price from earlier lists. */
const known = (usd: number, per: string, source: string): Price => ({ usd, per, source, seen: null });

/**
 * List prices of {@link PRICED_REGION} without discounts, taxes or free tiers. Storage and Pub/Sub were seen in September
 * 2026 for us-central1, which Google prices like europe-west4 for these; the rest is as known from earlier lists. Check
 * them, and give others with `--prices FILE`.
 */
export const LIST_PRICES = {
  pubsub_tib: seen(40, 'TiB published or delivered', PUBSUB, '2026-09-20'),
  pubsub_retained_gib: known(0.27, 'GiB x month kept by a topic for replay', PUBSUB),
  storage_standard_gib: seen(0.02, 'GiB x month', STORAGE, '2026-09-20'),
  storage_nearline_gib: seen(0.01, 'GiB x month', STORAGE, '2026-09-20'),
  storage_coldline_gib: seen(0.004, 'GiB x month', STORAGE, '2026-09-20'),
  storage_class_a: seen(0.000005, 'operation that writes or lists', STORAGE, '2026-09-20'),
  storage_class_b: seen(0.0000004, 'operation that reads', STORAGE, '2026-09-20'),
  pool_vcpu_second: known(0.000011244, 'vCPU x second of a worker pool', RUN),
  pool_gib_second: known(0.000001235, 'GiB x second of a worker pool', RUN),
  job_vcpu_second: known(0.000018, 'vCPU x second of a job', RUN),
  job_gib_second: known(0.000002, 'GiB x second of a job', RUN),
  dataflow_vcpu_hour: known(0.0759, 'vCPU x hour, streaming', DATAFLOW),
  dataflow_gib_hour: known(0.0039127, 'GiB x hour of memory, streaming', DATAFLOW),
  dataflow_disk_gib_hour: known(0.0000594, 'GiB x hour of disk', DATAFLOW),
  dataflow_streaming_gib: known(0.0198, 'GiB through Streaming Engine', DATAFLOW),
  bigquery_storage_gib: known(0.02, 'GiB x month, logical, changed within 90 days', BIGQUERY),
  bigquery_long_term_gib: known(0.01, 'GiB x month, logical, unchanged for 90 days', BIGQUERY),
  bigquery_query_tib: known(7.5, 'TiB read by queries, on demand', BIGQUERY),
  bigquery_write_gib: known(0.0275, 'GiB through the Storage Write API', BIGQUERY),
  dns_zone: known(0.2, 'private zone x month', 'cloud.google.com/dns/pricing'),
  network_internet_gib: seen(0.12, 'GiB to the internet, first 10 TiB', STORAGE, '2026-09-20'),
  kms_key_version: known(0.06, 'key version x month, software', 'cloud.google.com/kms/pricing'),
  kms_hardware_key_version: known(1, 'key version x month, HSM', 'cloud.google.com/kms/pricing'),
  kms_operation: known(0.000003, 'use of a key', 'cloud.google.com/kms/pricing'),
  secret_version: known(0.06, 'secret version x month', 'cloud.google.com/secret-manager/pricing'),
  logging_gib: known(0.5, 'GiB of logs', 'cloud.google.com/stackdriver/pricing'),
  registry_gib: known(0.1, 'GiB x month of images', 'cloud.google.com/artifact-registry/pricing'),
  scheduler_job: known(0.1, 'job x month', 'cloud.google.com/scheduler/pricing'),
  workflow_step: known(0.00001, 'step inside Google Cloud', 'cloud.google.com/workflows/pricing'),
  build_minute: known(0.006, 'minute of e2-standard-2', 'cloud.google.com/build/pricing'),
} as const satisfies Record<string, Price>;
