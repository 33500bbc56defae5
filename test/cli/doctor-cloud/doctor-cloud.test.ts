import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkCloud } from '../../../cli/doctor/cloud.js';
import { CloudApi } from '../../../cli/doctor/cloud-api.js';
import { SERVICES } from '../../../cli/doctor/cloud-services.js';
import { cloudSettingOf, ROLES, type CloudSetting } from '../../../cli/doctor/cloud-setting.js';
import type { Finding } from '../../../cli/doctor/finding.js';
import { credentialsError } from '../../../lake/storage/gcs-credentials.js';
import { disabled, FakeCloud, granting, ok, refused, refusedOldStyle } from './fake-cloud.js';
import {
  ACCOUNT,
  API_COUNT,
  DIGEST,
  GOOD_BUCKET,
  GOOD_SUBSCRIPTION,
  goodProject,
  PATHS,
  PROJECT,
  quotas,
  REGION,
} from './good-project.js';

let cloud: FakeCloud;
beforeEach(async () => {
  cloud = await FakeCloud.start(goodProject());
});
afterEach(() => cloud.stop());

const SETTING = cloudSettingOf(
  { project: PROJECT, region: REGION },
  { environment: 'dev' },
  {
    engine: 'direct',
    role: 'deployer',
    deployed: true,
    readingsPerSecond: 500,
    workerCpus: 0,
    workerImage: null,
  },
);

interface Means {
  readonly setting?: Partial<CloudSetting>;
  readonly authorize?: () => Promise<Record<string, string>>;
  readonly deadlineMillis?: number;
  readonly endpoint?: string;
}

function check({ setting = {}, authorize, deadlineMillis = 5_000, endpoint = cloud.endpoint }: Means = {}) {
  const token = async () => ({ authorization: 'Bearer good' });
  const api = new CloudApi({ authorize: authorize ?? token, endpoint, deadlineMillis });
  return checkCloud(api, { ...SETTING, ...setting }, Date.now);
}

/** What is not in order, one line each. */
async function complaints(means: Means = {}): Promise<string[]> {
  return (await check(means)).filter(({ level }) => level !== 'ok').map(line);
}

function line({ level, check: name, detail, remedy }: Finding): string {
  return `${level} ${name}: ${detail} -> ${remedy}`;
}

describe('a deployment in which nothing is wrong', () => {
  test.each(ROLES)('is in order for the %s', async (role) => {
    const findings = await check({ setting: { role } });
    expect(findings.map(line).filter((text) => !text.startsWith('ok'))).toEqual([]);
    expect(findings.find((finding) => finding.check === 'APIs')?.detail).toBe(`${API_COUNT} are on`);
    expect(findings.some((finding) => finding.check === `may ${role}`)).toBe(true);
  });

  test('is in order with Dataflow too, whose image and processors are looked at', async () => {
    const workerImage = `${REGION}-docker.pkg.dev/${PROJECT}/vitals/vitals-worker@${DIGEST}`;
    const findings = await check({ setting: { engine: 'dataflow', workerCpus: 4, workerImage } });
    expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(findings.map((finding) => finding.check)).toEqual(expect.arrayContaining(['worker image', 'quota CPUs']));
  });

  test('before it is made, only the project is looked at', async () => {
    const findings = await check({ setting: { deployed: false } });
    expect(findings.map((finding) => finding.check)).not.toContain('bucket');
    expect(cloud.requests.filter((request) => /storage|bigquery\/v2|serviceAccounts/.test(request))).toEqual([]);
  });

  test('nothing is changed: every POST tests permissions', async () => {
    for (const role of ROLES) await check({ setting: { role } });
    const posts = cloud.requests.filter((request) => !request.startsWith('GET '));
    expect(posts.filter((request) => !request.endsWith(':testIamPermissions'))).toEqual([]);
  });
});

describe('when nobody can be asked, that is the one finding', () => {
  test('no credentials', async () => {
    const authorize = () =>
      Promise.reject(credentialsError(new Error('Could not load the default credentials. Browse to ...')));
    expect(await complaints({ authorize })).toEqual([
      expect.stringMatching(
        /^error credentials: no usable Google Cloud credentials \(Could not load.*\) -> gcloud auth application-default login/,
      ),
    ]);
    expect(cloud.requests).toEqual([]);
  });

  test('an expired token', async () => {
    cloud.token = 'another';
    expect(await complaints()).toEqual([
      expect.stringMatching(
        /^error credentials: the token was refused: expired.* -> gcloud auth application-default login/,
      ),
    ]);
  });

  test('a token that looks expired because the clock is wrong', async () => {
    cloud.token = 'another';
    cloud.clockAhead = 3_600_000;
    expect(await complaints()).toEqual([
      expect.stringMatching(
        /^error clock: 3(?:599|600) s behind Google: tokens are refused -> Set the clock of this machine: timedatectl set-ntp true$/,
      ),
      expect.stringMatching(/^error credentials: the token was refused/),
    ]);
  });

  test('a signature of tomorrow', async () => {
    const authorize = () =>
      Promise.reject(
        credentialsError(
          new Error(
            'invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat',
          ),
        ),
      );
    expect(await complaints({ authorize })).toEqual([
      expect.stringMatching(/^error clock: the token service refuses this machine's time/),
    ]);
  });

  test('no network', async () => {
    const endpoint = cloud.endpoint;
    await cloud.stop();
    expect(await complaints({ endpoint })).toEqual([
      expect.stringMatching(
        /^error network: cloudresourcemanager.googleapis.com does not answer \(ECONNREFUSED\) -> Check the network/,
      ),
    ]);
    cloud = await FakeCloud.start(goodProject());
  });

  test('silence: the deadline ends it', async () => {
    cloud.silent = true;
    expect(await complaints({ deadlineMillis: 100 })).toEqual([
      expect.stringMatching(/^error network: .* does not answer \(no answer in time\)/),
    ]);
  });

  test('a token service that is silent: the deadline ends that too', async () => {
    const authorize = () => new Promise<never>(() => undefined);
    expect(await complaints({ authorize, deadlineMillis: 100 })).toEqual([
      expect.stringMatching(/^error network: .*no token in time/),
    ]);
  });

  test('a project that is not there, or not for us', async () => {
    cloud.routes.set(PATHS.project, () => refused(403, 'PERMISSION_DENIED', 'The caller does not have permission'));
    expect(await complaints()).toEqual([
      `error project: project ${PROJECT} may not be looked at (The caller does not have permission) -> gcloud projects add-iam-policy-binding ${PROJECT} --member user:YOU --role roles/browser`,
    ]);
  });

  test('a project that is being deleted', async () => {
    cloud.routes.set(PATHS.project, () => ok({ state: 'DELETE_REQUESTED' }));
    expect(await complaints()).toEqual([
      `error project: ${PROJECT} is DELETE_REQUESTED -> gcloud projects undelete ${PROJECT}`,
    ]);
  });

  test('a service that is out of breath', async () => {
    cloud.routes.set(PATHS.project, () => refused(503, 'UNAVAILABLE', 'The service is currently unavailable.'));
    expect(await complaints()).toEqual([
      expect.stringMatching(/^error project: .*could not say \(503 UNAVAILABLE: .*\) -> Try again in a minute\.$/),
    ]);
  });

  test("a proxy's page", async () => {
    cloud.routes.set(PATHS.project, () => ({ status: 200, body: '<html>Log in to the hospital network</html>' }));
    expect(await complaints()).toEqual([
      expect.stringMatching(/^error network: .*something other than JSON \(a proxy\?\) -> Check the network/),
    ]);
  });
});

test('a clock that is a minute off is a warning', async () => {
  cloud.clockAhead = -60_000;
  expect(await complaints()).toEqual([expect.stringMatching(/^warning clock: 6\d s ahead of Google/)]);
});

describe('each of these is one line with its remedy', () => {
  test('APIs that are off, in one command', async () => {
    cloud.routes.set(PATHS.services, ({ url }) =>
      ok({
        services: url.searchParams
          .getAll('names')
          .map((name) => ({ name, state: /pubsub|workflows\./.test(name) ? 'DISABLED' : 'ENABLED' })),
      }),
    );
    expect(await complaints()).toEqual([
      `error APIs: off: pubsub.googleapis.com, workflows.googleapis.com -> gcloud services enable pubsub.googleapis.com workflows.googleapis.com --project ${PROJECT}`,
    ]);
  });

  test('an API that is off is said once, in either shape of refusal', async () => {
    cloud.routes.set(PATHS.subscription, () => disabled('pubsub.googleapis.com'));
    for (const name of ['bronze', 'silver', 'gold', 'reference']) {
      cloud.routes.set(PATHS.dataset(name), () =>
        refusedOldStyle(403, 'accessNotConfigured', 'BigQuery API has not been used'),
      );
    }
    expect(await complaints()).toEqual([
      `error subscription: the API pubsub.googleapis.com is off -> gcloud services enable pubsub.googleapis.com --project ${PROJECT}`,
      `error dataset: the API bigquery.googleapis.com is off -> gcloud services enable bigquery.googleapis.com --project ${PROJECT}`,
    ]);
  });

  test.each([
    [
      'deployer',
      PATHS.mayAccount,
      `error may deployer: missing on service account ${ACCOUNT}: iam.serviceAccounts.actAs -> gcloud iam service-accounts add-iam-policy-binding ${ACCOUNT}`,
    ],
    [
      'deployer',
      PATHS.mayProject,
      `error may deployer: missing on project ${PROJECT}: resourcemanager.projects.get -> gcloud projects add-iam-policy-binding`,
    ],
    [
      'pipeline',
      PATHS.maySubscription,
      'error may pipeline: missing on subscription vitals-pipeline: pubsub.subscriptions.consume, pubsub.subscriptions.get -> Grant roles/pubsub.subscriber',
    ],
    [
      'pipeline',
      PATHS.mayBucket,
      `error may pipeline: missing on bucket ${PROJECT}-vitals-lake: storage.objects.create, storage.objects.get`,
    ],
    ['loader', PATHS.mayTable, 'error may loader: missing on table gold.patient_summary: bigquery.tables.updateData'],
    [
      'simulator',
      PATHS.mayTopic,
      'error may simulator: missing on topic vitals: pubsub.topics.publish -> Grant roles/pubsub.publisher',
    ],
  ] as const)('a permission that the %s lacks (%s)', async (role, path, expected) => {
    cloud.routes.set(path, granting([]));
    const found = await complaints({ setting: { role } });
    expect(found.filter((text) => text.startsWith(expected))).toHaveLength(1);
  });

  test('a quota that does not carry the hospital, by the region and not by another', async () => {
    cloud.routes.set(PATHS.pubsubQuotas, () =>
      ok(quotas('pubsub.googleapis.com', { regionalpublisher: '60000', regionalsubscriber: '-1' })),
    );
    expect(await complaints({ setting: { readingsPerSecond: 2_800 } })).toEqual([
      expect.stringMatching(
        /^error quota publish: 67,032 of 60,000 kB a minute in europe-west4 -> Ask for more: https:/,
      ),
    ]);
  });

  test('too few processors for the workers', async () => {
    cloud.routes.set(PATHS.region, () => ok({ quotas: [{ metric: 'CPUS', limit: 8, usage: 6 }] }));
    expect(await complaints({ setting: { engine: 'dataflow', workerCpus: 4 } })).toEqual([
      expect.stringMatching(/^error quota CPUs: 4 for Dataflow's workers of 2 free in europe-west4/),
    ]);
  });

  test('a region that is none', async () => {
    cloud.routes.delete(PATHS.region);
    expect(await complaints({ setting: { workerCpus: 4 } })).toEqual([
      `error quota CPUs: there is no region ${REGION} -> Check --region ${REGION}: gcloud compute regions list --project ${PROJECT}`,
    ]);
  });

  test.each([
    ['elsewhere', { location: 'US' }, /^error bucket: .* is in US, the pipeline in europe-west4/],
    [
      'without uniform access',
      { iamConfiguration: { publicAccessPrevention: 'enforced' } },
      /^error bucket: .*--uniform-bucket-level-access$/,
    ],
    [
      'that may be public',
      { iamConfiguration: { uniformBucketLevelAccess: { enabled: true } } },
      /^error bucket: .*--public-access-prevention$/,
    ],
    [
      'with a retention policy',
      { retentionPolicy: { retentionPeriod: '86400' } },
      /^error bucket: .* cannot be cleaned up -> .*--clear-retention-period$/,
    ],
    ['that keeps old versions for ever', { lifecycle: {} }, /^warning bucket: .*every old version for ever/],
    [
      'with a month of soft delete',
      { softDeletePolicy: { retentionDurationSeconds: '2592000' } },
      /^warning bucket: .*for 30 days.*--soft-delete-duration 7d$/,
    ],
    [
      'that keeps nothing',
      { versioning: {}, softDeletePolicy: { retentionDurationSeconds: '0' } },
      /^warning bucket: .*a mistake cannot be undone/,
    ],
    ["with Google's key", { encryption: undefined }, /^warning bucket: .*not with one of yours/],
  ])('a bucket %s', async (_, change, expected) => {
    cloud.routes.set(PATHS.bucket, () => ok({ ...GOOD_BUCKET, ...change }));
    expect(await complaints()).toEqual([expect.stringMatching(expected)]);
  });

  test.each([
    [
      'of another topic',
      { topic: `projects/${PROJECT}/topics/other` },
      'direct',
      /^error subscription: .*belongs to .*other, not to vitals/,
    ],
    ['whose topic is gone', { topic: '_deleted-topic_' }, 'direct', /^error subscription: .*has no topic any more/],
    [
      'that expires',
      { expirationPolicy: { ttl: '2678400s' } },
      'direct',
      /^warning subscription: .*for 31 days -> .*--expiration-period never$/,
    ],
    [
      'that nobody told not to expire',
      { expirationPolicy: undefined },
      'direct',
      /^warning subscription: .*for 31 days/,
    ],
    [
      'with short leases',
      { ackDeadlineSeconds: 10 },
      'direct',
      /^warning subscription: leases of 10 s are short.*--ack-deadline 30$/,
    ],
    ['with a filter', { filter: 'attributes:x' }, 'direct', /^warning subscription: messages that do not match/],
    [
      'with dead letters under Dataflow',
      { deadLetterPolicy: { deadLetterTopic: 'projects/p/topics/d' } },
      'dataflow',
      /^error subscription: .*--clear-dead-letter-policy$/,
    ],
    [
      'with a retry policy under Dataflow',
      { retryPolicy: {} },
      'dataflow',
      /^warning subscription: Dataflow ignores a retry policy/,
    ],
    [
      'exactly once under Dataflow',
      { enableExactlyOnceDelivery: true },
      'dataflow',
      /^warning subscription: exactly-once/,
    ],
  ] as const)('a subscription %s', async (_, change, engine, expected) => {
    cloud.routes.set(PATHS.subscription, () => ok({ ...GOOD_SUBSCRIPTION, ...change }));
    expect(await complaints({ setting: { engine } })).toEqual([expect.stringMatching(expected)]);
  });

  test('a dead-letter policy and exactly-once delivery are no matter to the direct engine', async () => {
    const subscription = { ...GOOD_SUBSCRIPTION, deadLetterPolicy: {}, enableExactlyOnceDelivery: true };
    cloud.routes.set(PATHS.subscription, () => ok(subscription));
    expect(await complaints()).toEqual([]);
  });

  test('a dataset in the wrong place, and one that is not there', async () => {
    cloud.routes.set(PATHS.dataset('gold'), () => ok({ location: 'EU' }));
    cloud.routes.delete(PATHS.dataset('silver'));
    expect(await complaints()).toEqual([
      'error dataset: there is no dataset silver -> terraform -chdir=terraform/envs/dev apply',
      expect.stringMatching(/^error dataset: gold is in EU, not in europe-west4: load jobs will fail -> /),
    ]);
  });

  test.each([
    [
      'that is not there',
      `${REGION}-docker.pkg.dev/${PROJECT}/vitals/vitals-worker@sha256:${'cd'.repeat(32)}`,
      /^error worker image: there is no image vitals-worker@sha256:cdcdcdcdcdcd/,
    ],
    [
      'by its tag',
      `${REGION}-docker.pkg.dev/${PROJECT}/vitals/vitals-worker:latest`,
      /^error worker image: .* names no image by digest/,
    ],
  ])('an image %s', async (_, workerImage, expected) => {
    expect(await complaints({ setting: { workerImage } })).toEqual([expect.stringMatching(expected)]);
  });

  test('a service that is out of breath is a warning, not a verdict', async () => {
    cloud.routes.set(PATHS.bucket, () => refusedOldStyle(503, 'backendError', 'Backend error'));
    expect(await complaints()).toEqual([
      'warning bucket: storage.googleapis.com could not say (503 backendError: Backend error) -> Try again in a minute.',
    ]);
  });
});

test('the APIs are those that terraform turns on', () => {
  const text = readFileSync(new URL('../../../terraform/modules/environment/main.tf', import.meta.url), 'utf8');
  const [, all = '', dataflow = ''] = /toset\(concat\(\[([^\]]*)\], local\.dataflow \? \[([^\]]*)\]/.exec(text) ?? [];
  const names = (list: string) => [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  expect([...SERVICES.all]).toEqual(names(all));
  expect([...SERVICES.dataflow]).toEqual(names(dataflow));
});
