import { parseGcsUrl } from '../../lake/storage/gcs-url.js';
import type { DeployedNames } from '../deploy/outputs.js';
import type { Target } from '../deploy/steps.js';
import type { DeployEngine } from '../deploy/workload.js';

/** Who asks, and so what must be allowed. */
export const ROLES = ['deployer', 'pipeline', 'loader', 'simulator'] as const;
export type Role = (typeof ROLES)[number];

/** What a deployment is held against. */
export interface CloudSetting extends Target {
  readonly engine: DeployEngine;
  readonly role: Role;
  /** False before the first deployment: then only project, APIs, permissions there and quotas are looked at. */
  readonly deployed: boolean;
  readonly topic: string;
  readonly subscription: string;
  readonly lakeBucket: string;
  readonly pipelineAccount: string;
  /** Image of the workers by digest; null when none is known. */
  readonly workerImage: string | null;
  /** Readings a second that the quotas must carry. */
  readonly readingsPerSecond: number;
  /** vCPUs of Compute Engine that Dataflow may take; 0 with the direct engine. */
  readonly workerCpus: number;
  /** Command that makes what is missing. */
  readonly apply: string;
}

/** The names that Terraform gives, else those that it says it has given. */
export function cloudSettingOf(
  target: Target,
  names: DeployedNames,
  wishes: Pick<CloudSetting, 'engine' | 'role' | 'deployed' | 'readingsPerSecond' | 'workerCpus' | 'workerImage'>,
): CloudSetting {
  const { project } = target;
  const folder = `terraform/envs/${names.environment ?? 'prod'}`;
  return {
    ...target,
    ...wishes,
    topic: lastOf(names.topic) ?? 'vitals',
    subscription: lastOf(names.subscription) ?? 'vitals-pipeline',
    lakeBucket: names.lake === undefined ? `${project}-vitals-lake` : parseGcsUrl(names.lake).bucket,
    pipelineAccount: names.serviceAccounts?.['pipeline'] ?? `vitals-pipeline@${project}.iam.gserviceaccount.com`,
    apply: `terraform -chdir=${folder} apply`,
  };
}

/** The short name of `pubsub:projects/P/topics/T`. */
function lastOf(url: string | undefined): string | undefined {
  return url?.split('/').at(-1);
}
