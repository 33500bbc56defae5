import type { CloudApi } from './cloud-api.js';
import { findingOf } from './cloud-failure.js';
import type { CloudSetting, Role } from './cloud-setting.js';
import { error, ok, type Finding } from './finding.js';

/** Permissions on one resource that a role of ours must have, and the role of Google's that has them. */
interface Needed {
  readonly resource: Resource;
  readonly permissions: readonly string[];
  readonly role: string;
  /** Only with this engine. */
  readonly engine?: CloudSetting['engine'];
}

type Resource = 'project' | 'bucket' | 'topic' | 'subscription' | 'table' | 'account';

const OBJECTS = ['create', 'get', 'list', 'delete'].map((verb) => `storage.objects.${verb}`);

/** Source: docs of each service on access control; terraform/modules/iam grants the same. */
export const NEEDED: Readonly<Record<Role, readonly Needed[]>> = {
  deployer: [
    { resource: 'project', permissions: ['resourcemanager.projects.get'], role: 'roles/browser' },
    { resource: 'project', permissions: ['run.jobs.update'], role: 'roles/run.developer' },
    {
      resource: 'project',
      permissions: [
        'dataflow.jobs.create',
        'dataflow.jobs.get',
        'dataflow.jobs.updateContents',
        'dataflow.jobs.cancel',
      ],
      role: 'roles/dataflow.developer',
      engine: 'dataflow',
    },
    { resource: 'account', permissions: ['iam.serviceAccounts.actAs'], role: 'roles/iam.serviceAccountUser' },
  ],
  pipeline: [
    {
      resource: 'subscription',
      permissions: ['pubsub.subscriptions.consume', 'pubsub.subscriptions.get'],
      role: 'roles/pubsub.subscriber and roles/pubsub.viewer',
    },
    { resource: 'bucket', permissions: OBJECTS, role: 'roles/storage.objectUser' },
    {
      resource: 'table',
      permissions: ['bigquery.tables.updateData', 'bigquery.tables.get'],
      role: 'roles/bigquery.dataEditor',
    },
    {
      resource: 'project',
      permissions: ['dataflow.workItems.lease', 'dataflow.workItems.update'],
      role: 'roles/dataflow.worker',
      engine: 'dataflow',
    },
  ],
  loader: [
    { resource: 'bucket', permissions: OBJECTS, role: 'roles/storage.objectUser' },
    { resource: 'project', permissions: ['bigquery.jobs.create'], role: 'roles/bigquery.jobUser' },
    {
      resource: 'table',
      permissions: ['bigquery.tables.updateData', 'bigquery.tables.getData'],
      role: 'roles/bigquery.dataEditor',
    },
  ],
  simulator: [{ resource: 'topic', permissions: ['pubsub.topics.publish'], role: 'roles/pubsub.publisher' }],
};

/** The table that stands for the dataset: BigQuery tests permissions on tables, not on datasets. */
const PROBED_TABLE = { dataset: 'gold', table: 'patient_summary' } as const;

/** Asks each resource which permissions the caller has, and names those that are missing. */
export function checkPermissions(api: CloudApi, setting: CloudSetting): Promise<readonly Finding[]> {
  const needed = NEEDED[setting.role].filter(
    ({ engine, resource }) =>
      (engine === undefined || engine === setting.engine) && (setting.deployed || resource === 'project'),
  );
  return Promise.all(needed.map((one) => checkOne(api, setting, one)));
}

async function checkOne(api: CloudApi, setting: CloudSetting, needed: Needed): Promise<Finding> {
  const { permissions, role, resource } = needed;
  const what = nameOf(setting, resource);
  const check = `may ${setting.role}`;
  try {
    const { permissions: granted = [] } = await ask(api, setting, needed);
    const missing = permissions.filter((permission) => !granted.includes(permission));
    if (missing.length === 0) return ok(check, `${permissions.join(', ')} on ${what}`);
    return error(check, `missing on ${what}: ${missing.join(', ')}`, grantOn(setting, resource, role));
  } catch (failure) {
    return findingOf(check, what, failure, { project: setting.project, role, create: setting.apply });
  }
}

interface Granted {
  readonly permissions?: readonly string[];
}

function ask(api: CloudApi, setting: CloudSetting, { resource, permissions }: Needed): Promise<Granted> {
  const { project } = setting;
  const body = { permissions };
  switch (resource) {
    case 'project':
      return api.post('cloudresourcemanager.googleapis.com', `/v3/projects/${project}:testIamPermissions`, body);
    case 'bucket': {
      const query = permissions.map((permission) => `permissions=${permission}`).join('&');
      return api.get('storage.googleapis.com', `/storage/v1/b/${setting.lakeBucket}/iam/testPermissions?${query}`);
    }
    case 'topic':
      return api.post(
        'pubsub.googleapis.com',
        `/v1/projects/${project}/topics/${setting.topic}:testIamPermissions`,
        body,
      );
    case 'subscription': {
      const path = `/v1/projects/${project}/subscriptions/${setting.subscription}:testIamPermissions`;
      return api.post('pubsub.googleapis.com', path, body);
    }
    case 'table': {
      const { dataset, table } = PROBED_TABLE;
      const path = `/bigquery/v2/projects/${project}/datasets/${dataset}/tables/${table}:testIamPermissions`;
      return api.post('bigquery.googleapis.com', path, body);
    }
    case 'account': {
      const path = `/v1/projects/${project}/serviceAccounts/${setting.pipelineAccount}:testIamPermissions`;
      return api.post('iam.googleapis.com', path, body);
    }
  }
}

function nameOf(setting: CloudSetting, resource: Resource): string {
  const names: Readonly<Record<Resource, string>> = {
    project: `project ${setting.project}`,
    bucket: `bucket ${setting.lakeBucket}`,
    topic: `topic ${setting.topic}`,
    subscription: `subscription ${setting.subscription}`,
    table: `table ${PROBED_TABLE.dataset}.${PROBED_TABLE.table}`,
    account: `service account ${setting.pipelineAccount}`,
  };
  return names[resource];
}

function grantOn(setting: CloudSetting, resource: Resource, role: string): string {
  const { project, apply } = setting;
  if (setting.role !== 'deployer') return `Grant ${role}: ${apply} (module iam)`;
  const member = `--member user:YOU --role ${role}`;
  if (resource === 'project') return `gcloud projects add-iam-policy-binding ${project} ${member}`;
  return `gcloud iam service-accounts add-iam-policy-binding ${setting.pipelineAccount} ${member} --project ${project}`;
}
