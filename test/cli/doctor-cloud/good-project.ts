import { SERVICES } from '../../../cli/doctor/cloud-services.js';
import { NEEDED } from '../../../cli/doctor/cloud-permissions.js';
import { granting, ok, refused, type Routes } from './fake-cloud.js';

export const PROJECT = 'my-hospital';
export const REGION = 'europe-west4';
export const DIGEST = `sha256:${'ab'.repeat(32)}`;
export const ACCOUNT = `vitals-pipeline@${PROJECT}.iam.gserviceaccount.com`;

/** Paths of the resources of a deployment as terraform/ makes it, by what they are. */
export const PATHS = {
  project: `GET cloudresourcemanager.googleapis.com/v3/projects/${PROJECT}`,
  services: `GET serviceusage.googleapis.com/v1/projects/${PROJECT}/services:batchGet`,
  pubsubQuotas: `GET serviceusage.googleapis.com/v1beta1/projects/${PROJECT}/services/pubsub.googleapis.com/consumerQuotaMetrics`,
  bigqueryQuotas: `GET serviceusage.googleapis.com/v1beta1/projects/${PROJECT}/services/bigquery.googleapis.com/consumerQuotaMetrics`,
  region: `GET compute.googleapis.com/compute/v1/projects/${PROJECT}/regions/${REGION}`,
  mayProject: `POST cloudresourcemanager.googleapis.com/v3/projects/${PROJECT}:testIamPermissions`,
  mayBucket: `GET storage.googleapis.com/storage/v1/b/${PROJECT}-vitals-lake/iam/testPermissions`,
  mayTopic: `POST pubsub.googleapis.com/v1/projects/${PROJECT}/topics/vitals:testIamPermissions`,
  maySubscription: `POST pubsub.googleapis.com/v1/projects/${PROJECT}/subscriptions/vitals-pipeline:testIamPermissions`,
  mayTable: `POST bigquery.googleapis.com/bigquery/v2/projects/${PROJECT}/datasets/gold/tables/patient_summary:testIamPermissions`,
  mayAccount: `POST iam.googleapis.com/v1/projects/${PROJECT}/serviceAccounts/${ACCOUNT}:testIamPermissions`,
  bucket: `GET storage.googleapis.com/storage/v1/b/${PROJECT}-vitals-lake`,
  subscription: `GET pubsub.googleapis.com/v1/projects/${PROJECT}/subscriptions/vitals-pipeline`,
  dataset: (name: string) => `GET bigquery.googleapis.com/bigquery/v2/projects/${PROJECT}/datasets/${name}`,
  image: `GET artifactregistry.googleapis.com/v1/projects/${PROJECT}/locations/${REGION}/repositories/vitals/dockerImages/vitals-worker@${DIGEST}`,
} as const;

export const GOOD_BUCKET = {
  location: REGION.toUpperCase(),
  iamConfiguration: { uniformBucketLevelAccess: { enabled: true }, publicAccessPrevention: 'enforced' },
  versioning: { enabled: true },
  lifecycle: { rule: [{ action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: 14, isLive: false } }] },
  softDeletePolicy: { retentionDurationSeconds: '604800' },
  encryption: {
    defaultKmsKeyName: `projects/${PROJECT}/locations/${REGION}/keyRings/vitals/cryptoKeys/vitals-storage`,
  },
};

export const GOOD_SUBSCRIPTION = {
  name: `projects/${PROJECT}/subscriptions/vitals-pipeline`,
  topic: `projects/${PROJECT}/topics/vitals`,
  ackDeadlineSeconds: 60,
  enableMessageOrdering: true,
  messageRetentionDuration: '604800s',
  expirationPolicy: {},
  state: 'ACTIVE',
};

/** A project in which nothing is wrong. */
export function goodProject(): Routes {
  const all = Object.values(NEEDED).flatMap((needed) => needed.flatMap(({ permissions }) => permissions));
  const routes: Routes = new Map();
  const has = (path: string, body: object) => routes.set(path, () => ok(body));
  has(PATHS.project, { name: 'projects/123', projectId: PROJECT, state: 'ACTIVE' });
  routes.set(PATHS.services, ({ url }) => {
    const names = url.searchParams.getAll('names');
    if (names.length === 0 || names.length > 30) return refused(400, 'INVALID_ARGUMENT', 'Between 1 and 30 names.');
    return ok({ services: names.map((name) => ({ name: name.replace(PROJECT, '123'), state: 'ENABLED' })) });
  });
  has(
    PATHS.pubsubQuotas,
    quotas('pubsub.googleapis.com', { regionalpublisher: '6000000', regionalsubscriber: '6000000' }),
  );
  has(PATHS.bigqueryQuotas, quotas('bigquery.googleapis.com', { 'quota/load/jobs': '100000' }));
  has(PATHS.region, { name: REGION, quotas: [{ metric: 'CPUS', limit: 24, usage: 4 }] });
  for (const path of [
    PATHS.mayProject,
    PATHS.mayBucket,
    PATHS.mayTopic,
    PATHS.maySubscription,
    PATHS.mayTable,
    PATHS.mayAccount,
  ]) {
    routes.set(path, granting(all));
  }
  has(PATHS.bucket, GOOD_BUCKET);
  has(PATHS.subscription, GOOD_SUBSCRIPTION);
  for (const name of ['bronze', 'silver', 'gold', 'reference']) has(PATHS.dataset(name), { location: REGION });
  has(PATHS.image, {
    name: `projects/${PROJECT}/locations/${REGION}/repositories/vitals/dockerImages/vitals-worker@${DIGEST}`,
  });
  return routes;
}

/** Quotas of a service, as its limits in the region and a general one. */
export function quotas(service: string, limits: Readonly<Record<string, string>>): object {
  return {
    metrics: Object.entries(limits).map(([name, effectiveLimit]) => ({
      metric: `${service}/${name}`,
      consumerQuotaLimits: [
        {
          quotaBuckets: [
            { effectiveLimit: '1', dimensions: { region: 'us-central1' } },
            { effectiveLimit, dimensions: { region: REGION } },
          ],
        },
      ],
    })),
  };
}

/** APIs that a good project has on. */
export const API_COUNT = SERVICES.all.length;
