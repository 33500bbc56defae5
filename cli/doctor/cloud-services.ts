import type { CloudApi } from './cloud-api.js';
import { findingOf } from './cloud-failure.js';
import type { CloudSetting } from './cloud-setting.js';
import { error, ok, type Finding } from './finding.js';

/** APIs that every deployment needs, and those of one engine. Source: terraform/modules/environment; a test compares them. */
export const SERVICES = {
  all: [
    'artifactregistry',
    'bigquery',
    'bigqueryconnection',
    'bigquerystorage',
    'billingbudgets',
    'cloudbuild',
    'cloudkms',
    'cloudresourcemanager',
    'cloudscheduler',
    'compute',
    'datacatalog',
    'dns',
    'iam',
    'logging',
    'monitoring',
    'pubsub',
    'run',
    'secretmanager',
    'serviceusage',
    'storage',
    'workflowexecutions',
    'workflows',
  ],
  dataflow: ['dataflow'],
} as const;

interface Batch {
  readonly services?: readonly { readonly name?: string; readonly state?: string }[];
}

/** Whether the APIs that the deployment uses are enabled: one finding, with one command that enables what is not. */
export async function checkServices(api: CloudApi, { project, engine }: CloudSetting): Promise<Finding> {
  const needed = [...SERVICES.all, ...(engine === 'dataflow' ? SERVICES.dataflow : [])].map(
    (name) => `${name}.googleapis.com`,
  );
  const names = needed.map((name) => `names=projects/${project}/services/${name}`).join('&');
  try {
    const { services = [] } = await api.get<Batch>(
      'serviceusage.googleapis.com',
      `/v1/projects/${project}/services:batchGet?${names}`,
    );
    const on = new Set(services.filter(({ state }) => state === 'ENABLED').map(({ name }) => name?.split('/').at(-1)));
    const off = needed.filter((name) => !on.has(name));
    if (off.length === 0) return ok('APIs', `${needed.length} are on`);
    return error('APIs', `off: ${off.join(', ')}`, `gcloud services enable ${off.join(' ')} --project ${project}`);
  } catch (failure) {
    const create = `gcloud services enable ${needed.join(' ')} --project ${project}`;
    return findingOf('APIs', 'list of APIs', failure, {
      project,
      role: 'roles/serviceusage.serviceUsageViewer',
      create,
    });
  }
}
