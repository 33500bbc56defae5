import type { CloudApi } from './cloud-api.js';
import { findingOf } from './cloud-failure.js';
import type { CloudSetting } from './cloud-setting.js';
import { error, ok, warning, type Finding } from './finding.js';

/** What is used of a bucket of the storage's JSON API. */
interface Bucket {
  readonly location?: string;
  readonly iamConfiguration?: {
    readonly uniformBucketLevelAccess?: { readonly enabled?: boolean };
    readonly publicAccessPrevention?: string;
  };
  readonly versioning?: { readonly enabled?: boolean };
  readonly lifecycle?: {
    readonly rule?: readonly {
      readonly action?: { readonly type?: string };
      readonly condition?: { readonly isLive?: boolean; readonly daysSinceNoncurrentTime?: number };
    }[];
  };
  readonly softDeletePolicy?: { readonly retentionDurationSeconds?: string };
  readonly retentionPolicy?: { readonly retentionPeriod?: string };
  readonly encryption?: { readonly defaultKmsKeyName?: string };
}

const FIELDS = 'location,iamConfiguration,versioning,lifecycle,softDeletePolicy,retentionPolicy,encryption';
const DAY_SECONDS = 86_400;
/** The default of a new bucket; Terraform's for this one. */
const MOST_SOFT_DAYS = 7;

/** Whether the bucket of the lake is set as a lake needs it (docs/storage.md). */
export async function checkBucketSettings(api: CloudApi, setting: CloudSetting): Promise<readonly Finding[]> {
  const { lakeBucket, project } = setting;
  try {
    const bucket = await api.get<Bucket>('storage.googleapis.com', `/storage/v1/b/${lakeBucket}?fields=${FIELDS}`);
    const findings = [...access(bucket, setting), ...keeping(bucket, setting), ...place(bucket, setting)];
    return findings.length > 0 ? findings : [ok('bucket', `${lakeBucket} is set as a lake needs it`)];
  } catch (failure) {
    const remedies = { project, role: 'roles/storage.bucketViewer', create: setting.apply };
    return [findingOf('bucket', `bucket ${lakeBucket}`, failure, remedies)];
  }
}

function access({ iamConfiguration = {} }: Bucket, { lakeBucket }: CloudSetting): readonly Finding[] {
  const findings: Finding[] = [];
  if (iamConfiguration.uniformBucketLevelAccess?.enabled !== true) {
    findings.push(
      error(
        'bucket',
        `${lakeBucket} has no uniform access: single objects may be open`,
        update(lakeBucket, '--uniform-bucket-level-access'),
      ),
    );
  }
  if (iamConfiguration.publicAccessPrevention !== 'enforced') {
    findings.push(
      error('bucket', `${lakeBucket} may be made public`, update(lakeBucket, '--public-access-prevention')),
    );
  }
  return findings;
}

/** A lake deletes and merges all the time: what keeps that for ever costs, what forbids it stops the clean-up. */
function keeping(bucket: Bucket, { lakeBucket }: CloudSetting): readonly Finding[] {
  const findings: Finding[] = [];
  const kept = bucket.versioning?.enabled === true;
  const soft = Number(bucket.softDeletePolicy?.retentionDurationSeconds ?? 0) / DAY_SECONDS;
  if (kept && !dropsOldVersions(bucket)) {
    const problem = `${lakeBucket} keeps every old version for ever, and a lake leaves many: you pay for them`;
    findings.push(
      warning('bucket', problem, 'Give it a lifecycle rule for old versions: terraform/modules/lake has one.'),
    );
  }
  if (soft > MOST_SOFT_DAYS) {
    const problem = `${lakeBucket} keeps what was deleted for ${soft} days: you pay for it (docs/costs.md)`;
    findings.push(warning('bucket', problem, update(lakeBucket, `--soft-delete-duration ${MOST_SOFT_DAYS}d`)));
  }
  if (!kept && soft === 0) {
    const problem = `${lakeBucket} keeps neither old versions nor what was deleted: a mistake cannot be undone`;
    findings.push(warning('bucket', problem, update(lakeBucket, `--soft-delete-duration ${MOST_SOFT_DAYS}d`)));
  }
  if (bucket.retentionPolicy !== undefined) {
    const problem = `${lakeBucket} has a retention policy: a lake there cannot be cleaned up`;
    findings.push(error('bucket', problem, update(lakeBucket, '--clear-retention-period')));
  }
  return findings;
}

function dropsOldVersions({ lifecycle }: Bucket): boolean {
  return (lifecycle?.rule ?? []).some(
    ({ action, condition = {} }) =>
      action?.type === 'Delete' && (condition.isLive === false || condition.daysSinceNoncurrentTime !== undefined),
  );
}

function place({ location, encryption }: Bucket, setting: CloudSetting): readonly Finding[] {
  const { lakeBucket, region, apply } = setting;
  const findings: Finding[] = [];
  if (location?.toLowerCase() !== region.toLowerCase()) {
    const remedy = `Make another bucket in ${region} and copy the lake, or run where the bucket is: its location cannot be changed.`;
    findings.push(error('bucket', `${lakeBucket} is in ${location ?? 'no place'}, the pipeline in ${region}`, remedy));
  }
  if (encryption?.defaultKmsKeyName === undefined) {
    findings.push(
      warning('bucket', `${lakeBucket} is encrypted with Google's key, not with one of yours`, `${apply} (module kms)`),
    );
  }
  return findings;
}

function update(bucket: string, flag: string): string {
  return `gcloud storage buckets update gs://${bucket} ${flag}`;
}
