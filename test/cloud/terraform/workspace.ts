import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a command of Terraform came to. */
export interface Outcome {
  readonly status: number | null;
  /** Both streams. */
  readonly text: string;
  readonly stdout: string;
}

/** A copy of terraform/ and of what it reads, in which Terraform may leave its files; and a cloud that is a folder. */
export interface Workspace {
  /** Absolute path of a path of the project. */
  path(relative: string): string;
  /** Folder of the stand-in's resources: google.json and google-beta.json. */
  readonly cloud: string;
  /** Runs Terraform in a folder of the copy, with the stand-in as its providers. */
  terraform(folder: string, ...args: readonly string[]): Outcome;
  remove(): void;
}

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Makes a workspace. The environments' backend.tf is left out: state is kept in a file then, and no `init` is needed (which
 * would ask a registry for the providers).
 */
export function openWorkspace(terraform: string, provider: string): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'vitals-terraform-'));
  const copied = readdirSync(PROJECT).filter((name) => /^cloudbuild.*\.yaml$/.test(name));
  for (const name of ['terraform', 'bigquery', ...copied]) {
    cpSync(join(PROJECT, name), join(root, name), { recursive: true, filter: keep });
  }
  const cloud = join(root, 'cloud');
  mkdirSync(cloud);
  const config = join(root, 'terraform.rc');
  writeFileSync(config, overrides(provider));
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: config,
    STAND_IN_CLOUD: cloud,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
  };
  return {
    path: (relative) => join(root, relative),
    cloud,
    terraform: (folder, ...args) => {
      const { status, stdout, stderr } = spawnSync(terraform, args, { cwd: join(root, folder), env, encoding: 'utf8' });
      return { status, stdout, text: stdout + stderr };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function keep(path: string): boolean {
  return !/(\/\.terraform|\.tfstate.*|\/backend\.tf|\.ts)$/.test(path);
}

/** Terraform then takes the providers from a folder and asks no registry; version constraints do not count. */
function overrides(provider: string): string {
  return [
    'provider_installation {',
    '  dev_overrides {',
    ...['google', 'google-beta'].map((name) => `    "hashicorp/${name}" = ${JSON.stringify(provider)}`),
    '  }',
    '}',
    '',
  ].join('\n');
}

/** Folders of the modules, and of the environments. */
export function foldersOf(kind: 'modules' | 'envs'): readonly string[] {
  return readdirSync(join(PROJECT, 'terraform', kind))
    .sort()
    .map((name) => `terraform/${kind}/${name}`);
}
