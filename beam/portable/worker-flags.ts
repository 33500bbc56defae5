import { parseArgs } from 'node:util';

/** What a runner tells a worker of itself (https://s.apache.org/beam-fn-api-container-contract). */
export interface WorkerFlags {
  readonly id: string;
  readonly controlEndpoint: string | null;
  readonly loggingEndpoint: string | null;
  readonly provisionEndpoint: string | null;
  /** Pipeline options as JSON: given by Beam's own boot, which has asked the provision endpoint already. */
  readonly options: string | null;
}

const FLAGS = ['id', 'control_endpoint', 'logging_endpoint', 'provision_endpoint', 'options'] as const;

/** An option is read from the environment where the flag is absent: BEAM_WORKER_CONTROL_ENDPOINT, say. */
const ENVIRONMENT_PREFIX = 'BEAM_WORKER_';

/**
 * Reads the flags of the container contract, `--name=value` or `--name value`. Others that runners give (artifact_endpoint,
 * semi_persist_dir, status_endpoint) are passed over: nothing is staged.
 *
 * @throws Error when the worker is not told who it is, or neither of where its runner is and whom to ask
 */
export function parseWorkerFlags(args: readonly string[], env: NodeJS.ProcessEnv): WorkerFlags {
  const options = Object.fromEntries(FLAGS.map((flag) => [flag, { type: 'string' as const }]));
  const { values } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  const valueOf = (flag: (typeof FLAGS)[number]): string | null => {
    const value = values[flag] ?? env[ENVIRONMENT_PREFIX + flag.toUpperCase()];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const id = valueOf('id');
  if (id === null) throw new Error('beam: a worker needs --id, which its runner gives');
  const flags: WorkerFlags = {
    id,
    controlEndpoint: valueOf('control_endpoint'),
    loggingEndpoint: valueOf('logging_endpoint'),
    provisionEndpoint: valueOf('provision_endpoint'),
    options: valueOf('options'),
  };
  if (flags.provisionEndpoint === null && (flags.controlEndpoint === null || flags.options === null)) {
    throw new Error('beam: a worker needs --provision_endpoint, or both --control_endpoint and --options');
  }
  return flags;
}
