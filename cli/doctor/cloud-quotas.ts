import { MEASURED, MESSAGE_OVERHEAD_BYTES } from '../deploy/measured.js';
import type { CloudApi } from './cloud-api.js';
import { findingOf } from './cloud-failure.js';
import type { CloudSetting } from './cloud-setting.js';
import { error, ok, warning, type Finding } from './finding.js';

/** Whether the quotas of the region carry the hospital. */
export function checkQuotas(api: CloudApi, setting: CloudSetting): Promise<readonly Finding[]> {
  const checks = [
    checkThroughput(api, setting, 'publish', 'regionalpublisher'),
    checkThroughput(api, setting, 'deliver', 'regionalsubscriber'),
    checkLoadJobs(api, setting),
  ];
  return Promise.all(setting.workerCpus > 0 ? [...checks, checkCpus(api, setting)] : checks);
}

interface Metrics {
  readonly metrics?: readonly Metric[];
  readonly nextPageToken?: string;
}

interface Metric {
  readonly metric?: string;
  readonly consumerQuotaLimits?: readonly {
    readonly quotaBuckets?: readonly {
      readonly effectiveLimit?: string;
      readonly dimensions?: Readonly<Record<string, string>>;
    }[];
  }[];
}

/** Pub/Sub counts kilobytes a minute of a project in a region. */
async function checkThroughput(api: CloudApi, setting: CloudSetting, verb: string, metric: string): Promise<Finding> {
  const check = `quota ${verb}`;
  const needed = Math.ceil((setting.readingsPerSecond * (MEASURED.messageBytes + MESSAGE_OVERHEAD_BYTES) * 60) / 1_000);
  return limitOf(api, setting, check, 'pubsub.googleapis.com', metric, (limit) => {
    const detail = `${needed.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} kB a minute in ${setting.region}`;
    return limit >= needed ? ok(check, detail) : error(check, detail, quotaPage(setting, 'pubsub.googleapis.com'));
  });
}

/** Loads of a table a day: a fixed limit of 1,500 changes, and this quota of a project. */
const LEAST_LOADS = 24 * 7;

async function checkLoadJobs(api: CloudApi, setting: CloudSetting): Promise<Finding> {
  const check = 'quota load jobs';
  return limitOf(api, setting, check, 'bigquery.googleapis.com', 'quota/load/jobs', (limit) => {
    const detail = `${limit.toLocaleString('en-US')} a day; an hourly load of seven tables takes ${LEAST_LOADS}`;
    return limit >= LEAST_LOADS
      ? ok(check, detail)
      : error(check, detail, quotaPage(setting, 'bigquery.googleapis.com'));
  });
}

async function limitOf(
  api: CloudApi,
  setting: CloudSetting,
  check: string,
  service: string,
  metric: string,
  judge: (limit: number) => Finding,
): Promise<Finding> {
  const { project, region } = setting;
  try {
    const limit = await findLimit(
      api,
      `/v1beta1/projects/${project}/services/${service}/consumerQuotaMetrics`,
      region,
      `${service}/${metric}`,
    );
    if (limit !== null) return judge(limit);
    return warning(check, `${service} names no quota ${metric} for ${region}`, quotaPage(setting, service));
  } catch (failure) {
    const role = 'roles/servicemanagement.quotaViewer';
    return findingOf(check, `quotas of ${service}`, failure, { project, role, create: quotaPage(setting, service) });
  }
}

/** The limit of a region, else that of every region; unlimited is Infinity, an unknown metric null. */
async function findLimit(api: CloudApi, path: string, region: string, metric: string): Promise<number | null> {
  for (let token: string | undefined = ''; token !== undefined;) {
    const page: Metrics = await api.get('serviceusage.googleapis.com', `${path}?pageSize=100&pageToken=${token}`);
    const found = page.metrics?.find((one) => one.metric === metric);
    if (found !== undefined) return limitIn(found, region);
    token = page.nextPageToken || undefined;
  }
  return null;
}

function limitIn({ consumerQuotaLimits = [] }: Metric, region: string): number | null {
  const buckets = consumerQuotaLimits.flatMap(({ quotaBuckets = [] }) => quotaBuckets);
  const own = buckets.filter(({ dimensions }) => dimensions?.['region'] === region);
  const general = buckets.filter(({ dimensions }) => dimensions?.['region'] === undefined);
  const limits = (own.length > 0 ? own : general).map(({ effectiveLimit }) => Number(effectiveLimit));
  // -1: no limit.
  return limits.length === 0 ? null : Math.min(...limits.map((limit) => (limit < 0 ? Infinity : limit)));
}

interface Region {
  readonly quotas?: readonly { readonly metric?: string; readonly limit?: number; readonly usage?: number }[];
}

async function checkCpus(api: CloudApi, setting: CloudSetting): Promise<Finding> {
  const { project, region, workerCpus } = setting;
  const check = 'quota CPUs';
  try {
    const { quotas = [] } = await api.get<Region>(
      'compute.googleapis.com',
      `/compute/v1/projects/${project}/regions/${region}`,
    );
    const cpus = quotas.find(({ metric }) => metric === 'CPUS');
    const free = (cpus?.limit ?? 0) - (cpus?.usage ?? 0);
    const detail = `${workerCpus} for Dataflow's workers of ${free} free in ${region}`;
    return free >= workerCpus ? ok(check, detail) : error(check, detail, quotaPage(setting, 'compute.googleapis.com'));
  } catch (failure) {
    const create = `Check --region ${region}: gcloud compute regions list --project ${project}`;
    return findingOf(check, `region ${region}`, failure, { project, role: 'roles/compute.viewer', create });
  }
}

function quotaPage({ project }: CloudSetting, service: string): string {
  return `Ask for more: https://console.cloud.google.com/iam-admin/quotas?project=${project}&service=${service}`;
}
