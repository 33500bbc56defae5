import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from '../support/vitals.js';
import { COMMIT, DIGEST, PLACE, writeDigests } from './release.js';
import { recordCalls, ROOT, runScript } from './run-script.js';

describe('the terraform steps', () => {
  test('share-terraform leaves the program where the other steps find it', async () => {
    await withFolder(async (folder) => {
      const PATH = recordCalls(folder, 'terraform', 'echo shared');
      const env = { BUILD_FOLDER: join(folder, 'build'), PATH };
      expect(await runScript('share-terraform.sh', env)).toMatchObject({ code: 0 });
      rmSync(join(folder, 'fakes/terraform'));
      expect((await runScript('terraform-check.sh', env)).stdout).toMatch(/^shared$/m);
    });
  });

  test('terraform-check formats, validates and tests every module and both environments', async () => {
    await withFolder(async (folder) => {
      const { stdout } = await runScript('terraform-check.sh', { BUILD_FOLDER: folder, DRY_RUN: '1' });
      expect(stdout).toMatch(/^\+ terraform fmt -check -recursive -diff terraform\n/);
      const tree = join(ROOT, 'terraform');
      for (const group of ['modules', 'envs']) {
        for (const name of readdirSync(join(tree, group))) {
          const place = `-chdir=terraform/${group}/${name}`;
          expect(stdout).toContain(`+ terraform ${place} validate -no-color\n`);
          const tested = existsSync(join(tree, group, name, 'tests'));
          expect(stdout.includes(`+ terraform ${place} test -no-color\n`)).toBe(tested);
        }
      }
    });
  });

  const env = { ENVIRONMENT: 'dev', STATE_BUCKET: 'demo-state', ...PLACE };
  const calls = async (script: string, folder: string, more: NodeJS.ProcessEnv = {}) => {
    const PATH = recordCalls(
      folder,
      'terraform',
      `echo "image $TF_VAR_image" >>"${folder}/terraform.calls"; echo '{}'`,
    );
    const ended = await runScript(script, { ...env, BUILD_FOLDER: folder, PATH, ...more });
    expect(ended).toMatchObject({ code: 0 });
    return readFileSync(join(folder, 'terraform.calls'), 'utf8').replaceAll(folder, 'FOLDER').trim().split(/ *\n/);
  };
  const INIT = '-chdir=terraform/envs/dev init -input=false -no-color -backend-config=bucket=demo-state';

  test('a plan that is only shown locks and keeps nothing, and any digest stands for the image', async () => {
    await withFolder(async (folder) => {
      const any = `image europe-west4-docker.pkg.dev/demo-vitals/vitals/any@sha256:${'0'.repeat(64)}`;
      expect((await calls('terraform-plan.sh', folder)).slice(-2)).toEqual([
        '-chdir=terraform/envs/dev plan -input=false -no-color -lock=false',
        any,
      ]);
    });
  });

  test('a plan that is kept is of the images of its release, and is what is applied', async () => {
    await withFolder(async (folder) => {
      writeDigests(folder, DIGEST);
      await runScript('record-digests.sh', { BUILD_FOLDER: folder, COMMIT });
      expect(await calls('terraform-plan.sh', folder, { SAVE_PLAN: '1' })).toEqual([
        INIT,
        'image',
        '-chdir=terraform/envs/dev plan -input=false -no-color -out=FOLDER/dev.tfplan',
        `image ${DIGEST.vitals}`,
      ]);
      writeFileSync(join(folder, 'dev.tfplan'), '');
      expect((await calls('terraform-apply.sh', folder)).filter((call) => !call.startsWith('image')).slice(-3)).toEqual(
        [
          INIT,
          '-chdir=terraform/envs/dev apply -input=false -no-color FOLDER/dev.tfplan',
          '-chdir=terraform/envs/dev output -json',
        ],
      );
      expect(readFileSync(join(folder, 'vitals.outputs.json'), 'utf8')).toBe('{}\n');
    });
  });
});
