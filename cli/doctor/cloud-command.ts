import { checkPlace } from '../../pipeline/engines/dataflow/check-options.js';
import { readOutputs } from '../deploy/outputs.js';
import { DATAFLOW_MACHINE, sizingOf } from '../deploy/sizing.js';
import { targetOf } from '../deploy/target.js';
import { checkWorkload, ENVIRONMENT_DEFAULTS, type DeployEngine } from '../deploy/workload.js';
import { checkCloud } from './cloud.js';
import { CLOUD_DEADLINE_MILLIS, CloudApi, cloudAuthorizer } from './cloud-api.js';
import { cloudSettingOf, type Role } from './cloud-setting.js';
import type { Finding } from './finding.js';

export interface CloudDoctorOptions {
  readonly project: string | undefined;
  readonly region: string | undefined;
  /** File of `terraform output -json`; without it the deployment is taken for not made yet. */
  readonly outputs: string | undefined;
  readonly role: Role;
  readonly engine: DeployEngine | undefined;
  /** Image of the workers by digest. */
  readonly workerImage: string | undefined;
  readonly patients: number;
  readonly interval: number;
  /** Stand-in for all APIs; null for Google's own. */
  readonly endpoint: string | null;
}

/** Checks the deployment that the flags describe. @throws ConfigurationError for flags and files that are wrong */
export async function doctorCloud(options: CloudDoctorOptions): Promise<readonly Finding[]> {
  const { role, endpoint, patients, interval: intervalSeconds } = options;
  const names = await readOutputs(options.outputs);
  const engine = options.engine ?? (names.engine === 'dataflow' ? 'dataflow' : 'direct');
  const target = targetOf(options, names);
  checkPlace(target);
  const load = {
    patients,
    intervalSeconds,
    engine,
    environment: 'prod',
    ...ENVIRONMENT_DEFAULTS.prod,
  } as const;
  checkWorkload(load);
  const setting = cloudSettingOf(target, names, {
    engine,
    role,
    workerImage: options.workerImage ?? null,
    deployed: options.outputs !== undefined,
    readingsPerSecond: patients / intervalSeconds,
    workerCpus: sizingOf(load).dataflowWorkers * DATAFLOW_MACHINE.vcpus,
  });
  const api = new CloudApi({ authorize: cloudAuthorizer(endpoint), endpoint, deadlineMillis: CLOUD_DEADLINE_MILLIS });
  return checkCloud(api, setting, Date.now);
}
