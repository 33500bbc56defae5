import { describe, expect, test } from '@jest/globals';
import { accessSync, constants, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBuild, type Build, type BuildStep } from './build.js';
import { checkBuild } from './check-build.js';
import type { Scripts } from './check-scripts.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILES = readdirSync(ROOT).filter((file) => /^cloudbuild.*\.yaml$/.test(file));

const SCRIPTS: Scripts = {
  text: (path) => (existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : null),
  isExecutable: (path) => {
    try {
      accessSync(join(ROOT, path), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
};

const main = readBuild(join(ROOT, 'cloudbuild.yaml'));
const pullRequest = readBuild(join(ROOT, 'cloudbuild.pull-request.yaml'));
const deploy = readBuild(join(ROOT, 'cloudbuild.deploy.yaml'));
const scriptsOf = ({ steps }: Build) => steps.map(({ args }) => args?.join(' ').replace('scripts/ci/', ''));

test('there are three builds', () => {
  expect(FILES.sort()).toEqual(['cloudbuild.deploy.yaml', 'cloudbuild.pull-request.yaml', 'cloudbuild.yaml']);
});

test.each(FILES)('%s has no fault', (file) => {
  expect(checkBuild(readBuild(join(ROOT, file)), SCRIPTS)).toEqual([]);
});

test('a pull request checks and plans, and pushes and keeps nothing', () => {
  expect(scriptsOf(pullRequest)).toEqual([
    'install.sh',
    'check.sh',
    'share-terraform.sh',
    'terraform-check.sh',
    'terraform-plan.sh',
  ]);
  expect(pullRequest).not.toHaveProperty('images');
  expect(pullRequest).not.toHaveProperty('artifacts');
  expect(JSON.stringify(pullRequest)).not.toContain('SAVE_PLAN');
});

test('on main nothing is pushed before every check has passed, and digests and plan are kept', () => {
  for (const step of main.steps.filter(({ args }) => args?.[0]?.endsWith('build-image.sh'))) {
    expect(step.waitFor).toEqual(['check', 'terraform-check']);
  }
  expect(main.images).toHaveLength(2);
  expect(main.options?.['requestedVerifyOption']).toBe('VERIFIED');
  expect(main.artifacts?.objects?.paths).toEqual(['.build/image-digests.json', '.build/$_ENVIRONMENT.tfplan']);
});

test('a deploy applies the saved plan before it touches the stream, and looks at the result last', () => {
  expect(scriptsOf(deploy)).toEqual([
    'fetch-release.sh',
    'share-terraform.sh',
    'install.sh',
    'terraform-apply.sh',
    'stream-args.sh',
    'fetch-inputs.sh',
    'deploy-dataflow.sh',
    'replace-dataflow.sh',
    'deploy-cloud-run.sh',
    'smoke.sh',
  ]);
});

test('what main keeps is what a deploy fetches', () => {
  expect(main.artifacts?.objects?.location).toBe('gs://$_STAGING_BUCKET/releases/$COMMIT_SHA/');
  const fetch = SCRIPTS.text('scripts/ci/fetch-release.sh');
  expect(fetch).toContain('gs://$STAGING_BUCKET/releases/$COMMIT');
  expect(fetch).toContain('image-digests.json "$ENVIRONMENT.tfplan"');
  expect(deploy.substitutions?.['_STAGING_BUCKET']).toBe(main.substitutions?.['_STAGING_BUCKET']);
});

/** A copy of the build on main with one step changed. */
function withStep(id: string, change: Partial<Record<keyof BuildStep, unknown>>): Build {
  return { ...main, steps: main.steps.map((step) => (step.id === id ? ({ ...step, ...change } as BuildStep) : step)) };
}

function without<T extends object>(whole: T, ...fields: (keyof T)[]): T {
  return Object.fromEntries(Object.entries(whole).filter(([field]) => !fields.includes(field as keyof T))) as T;
}

/** Each fault, and what must be said of it. */
const FAULTS: readonly [fault: string, build: Build, said: RegExp][] = [
  ['a script that is not there', withStep('check', { args: ['scripts/ci/chekc.sh'] }), /chekc\.sh, which is not there/],
  ['a command in place of a script', withStep('check', { args: ['-c', 'npm test'] }), /calls -c, which is no script/],
  ['shell text after a script', withStep('check', { args: ['scripts/ci/check.sh', 'x; y'] }), /has shell text/],
  ['a script without the executable bit', withStep('check', { args: ['scripts/ci/common.sh'] }), /is not executable/],
  ['bash where the image has sh only', withStep('terraform', { entrypoint: 'bash' }), /share-terraform\.sh with bash/],
  ['a variable that is not given', withStep('digests', { env: [] }), /digests is not given COMMIT/],
  ['a variable a shared check asks for', withStep('terraform-plan', { env: [] }), /is not given PROJECT/],
  ['a substitution that is not defined', withStep('digests', { env: ['COMMIT=$_COMIT'] }), /\$_COMIT is not defined/],
  [
    'a substitution that is not used',
    { ...main, substitutions: { ...main.substitutions, _X: '1' } },
    /\$_X is not used/,
  ],
  ['a cycle', withStep('install', { waitFor: ['check'] }), /install waits for check, which is not above it/],
  ['a step that does not exist', withStep('check', { waitFor: ['instal'] }), /check waits for instal/],
  ['a step that waits for all by accident', withStep('check', { waitFor: undefined }), /does not say what it waits/],
  ['two steps of one id', withStep('image-worker', { id: 'image-vitals' }), /two steps are called image-vitals/],
  ['an image by a moving tag', withStep('check', { name: 'node:20' }), /node:20, which is not pinned/],
  ['an image without a tag', withStep('check', { name: 'node' }), /node, which is not pinned/],
  ['a step without a timeout', withStep('check', { timeout: undefined }), /check has no timeout/],
  ['a build without a timeout', without(main, 'timeout'), /the build has no timeout/],
  ['a build that ends before its steps', { ...main, timeout: '600s' }, /ends after 600s, its steps may take/],
  ['the default account', without(main, 'serviceAccount'), /account of its own/],
  ['logs in the default bucket', { ...main, options: without(main.options!, 'logging') }, /CLOUD_LOGGING_ONLY/],
  [
    'nested substitutions that stay',
    { ...main, options: without(main.options!, 'dynamicSubstitutions') },
    /not replaced/,
  ],
  [
    'no provenance',
    { ...main, options: without(main.options!, 'requestedVerifyOption') },
    /provenance is not asked for/,
  ],
  ['a pushed image without provenance', { ...main, images: main.images!.slice(1) }, /vitals is pushed without/],
  ['an image that nobody builds', { ...main, images: [...main.images!, 'x/looker:$COMMIT_SHA'] }, /no step builds it/],
  ['digests that are lost', without(main, 'artifacts'), /the digests are not kept/],
  [
    'products that overwrite each other',
    { ...main, artifacts: { objects: { ...main.artifacts!.objects, location: 'gs://$_STAGING_BUCKET/' } } },
    /not kept by commit/,
  ],
  ['a misspelt field', { ...main, step: [] } as unknown as Build, /there is no field step/],
  ['a misspelt field of a step', withStep('check', { timeOut: '1s' } as never), /check has the field timeOut/],
];

describe('a planted fault is found', () => {
  test.each(FAULTS)('%s', (_fault, build, said) => {
    expect(checkBuild(build, SCRIPTS).join('\n')).toMatch(said);
  });
});
