import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../../schema/errors.js';

/** What Terraform says it has made (`terraform output -json`), as far as it is used here. Absent is undefined. */
export interface DeployedNames {
  readonly project?: string;
  readonly region?: string;
  readonly environment?: string;
  readonly engine?: string;
  /** `gs://BUCKET/PREFIX` */
  readonly lake?: string;
  /** `pubsub:projects/P/topics/T` */
  readonly topic?: string;
  /** `pubsub:projects/P/subscriptions/S` */
  readonly subscription?: string;
  /** `gs://BUCKET/FOLDER` for what a job spills. */
  readonly tempLocation?: string;
  readonly subnetwork?: string;
  /** Version of the secret with the pseudonym key. */
  readonly pseudonymKeySecret?: string;
  readonly reportLink?: string;
  /** Addresses of the service accounts, by what they are for. */
  readonly serviceAccounts?: Readonly<Record<string, string>>;
}

/** Names of the outputs of terraform/envs; a test holds the environments to them. */
export const OUTPUT_NAMES = {
  project: 'project',
  region: 'region',
  environment: 'environment',
  engine: 'engine',
  lake: 'lake',
  topic: 'topic',
  subscription: 'subscription',
  tempLocation: 'temp_location',
  subnetwork: 'subnetwork',
  pseudonymKeySecret: 'pseudonym_key_secret',
  reportLink: 'report_link',
} as const satisfies Partial<Record<keyof DeployedNames, string>>;
/** The one that is no text. */
export const ACCOUNTS_OUTPUT = 'service_accounts';

const REMEDY = 'Write it with: terraform -chdir=terraform/envs/ENV output -json > vitals.outputs.json';

/**
 * Reads `--outputs FILE`. Outputs that are not known here are left alone.
 *
 * @throws ConfigurationError for a file that cannot be read, or is not what `terraform output -json` writes
 */
export async function readOutputs(file: string | undefined): Promise<DeployedNames> {
  if (file === undefined) return {};
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigurationError('--outputs', `${file} cannot be read (${cause.code ?? cause.message})`, REMEDY);
  });
  const outputs = parse(file, text);
  const names = Object.entries(OUTPUT_NAMES).flatMap(([key, name]) => {
    const value = outputs[name]?.value;
    if (value === undefined || value === null) return [];
    if (typeof value !== 'string') throw notText(file, name, value);
    return [[key, value]];
  });
  return { ...Object.fromEntries(names), ...accountsOf(file, outputs) } as DeployedNames;
}

type Outputs = Readonly<Record<string, { readonly value?: unknown } | undefined>>;

function parse(file: string, text: string): Outputs {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Outputs;
  } catch (cause) {
    throw new ConfigurationError('--outputs', `${file} is no JSON (${(cause as Error).message})`, REMEDY);
  }
  throw new ConfigurationError('--outputs', `${file} is no object of outputs`, REMEDY);
}

function accountsOf(file: string, outputs: Outputs): Pick<DeployedNames, 'serviceAccounts'> {
  const value = outputs[ACCOUNTS_OUTPUT]?.value;
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Object.values(value).some((email) => typeof email !== 'string')) {
    throw notText(file, ACCOUNTS_OUTPUT, value);
  }
  return { serviceAccounts: value as Readonly<Record<string, string>> };
}

function notText(file: string, name: string, value: unknown): ConfigurationError {
  return new ConfigurationError('--outputs', `${file} has ${JSON.stringify(value)} as ${name}`, REMEDY);
}
