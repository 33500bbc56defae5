import { ConfigurationError } from '../../schema/errors.js';
import type { DeployedNames } from './outputs.js';
import type { Target } from './steps.js';

/** Flags that say where, and what Terraform says. */
export interface TargetFlags {
  readonly project: string | undefined;
  readonly region: string | undefined;
}

/** @throws ConfigurationError when neither a flag nor the outputs name project and region */
export function targetOf(flags: TargetFlags, names: DeployedNames): Target {
  return {
    project: required('--project', flags.project ?? names.project, 'the id of a project'),
    region: required('--region', flags.region ?? names.region, 'a region such as europe-west4'),
  };
}

function required(flag: string, value: string | undefined, what: string): string {
  if (value !== undefined && value !== '') return value;
  throw new ConfigurationError(flag, 'is missing', `Give ${what}, or --outputs FILE with what Terraform has made.`);
}
