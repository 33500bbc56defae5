import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from '../support/vitals.js';
import { COMMIT, PLACE, REGISTRY } from './release.js';
import { ROOT, runScript } from './run-script.js';

const FILES = readdirSync(join(ROOT, 'scripts/ci')).filter((file) => file.endsWith('.sh'));
const textOf = (file: string) => readFileSync(join(ROOT, 'scripts/ci', file), 'utf8');

describe('each script of scripts/ci', () => {
  test.each(FILES)('%s parses, says what it is for, and stops at the first error', (file) => {
    const text = textOf(file);
    const shell = text.startsWith('#!/bin/sh') ? 'sh' : 'bash';
    expect(spawnSync(shell, ['-n', join(ROOT, 'scripts/ci', file)], { encoding: 'utf8' })).toMatchObject({ status: 0 });
    expect(text).toMatch(/^(#!.*\n)?# \S.{40}/);
    const starts = /^set -eu|^source "\$\(dirname "\$0"\)\/common\.sh"$|^# Sourced by /m;
    expect(text).toMatch(starts);
  });

  test('the scripts that are steps are steps of a build, and the others are sourced by one', () => {
    const builds = readdirSync(ROOT).filter((file) => /^cloudbuild.*\.yaml$/.test(file));
    const used = [...builds.map((file) => readFileSync(join(ROOT, file), 'utf8')), ...FILES.map(textOf)].join('\n');
    expect(FILES.filter((file) => !used.includes(`/${file}`))).toEqual([]);
  });
});

describe('a variable that is missing or wrong is named, before anything is done', () => {
  test.each([
    ['record-digests.sh', {}, /COMMIT is not set\. It is the full hash/],
    ['record-digests.sh', { COMMIT: 'main' }, /COMMIT is main, which is no full hash/],
    ['terraform-plan.sh', {}, /ENVIRONMENT is not set/],
    ['terraform-plan.sh', { ENVIRONMENT: 'test', STATE_BUCKET: 'b', ...PLACE }, /there is no environment test/],
    ['terraform-apply.sh', { ENVIRONMENT: 'dev', STATE_BUCKET: 'b' }, /there is no saved plan for dev/],
    ['build-image.sh', { REGISTRY, COMMIT }, /there is no image ''\. Usage/],
    ['fetch-release.sh', {}, /STAGING_BUCKET is not set/],
    ['deploy-dataflow.sh', {}, /ENGINE is not set\. It is direct or dataflow/],
    ['deploy-dataflow.sh', { ENGINE: 'dataflow' }, /PROJECT is not set/],
    [
      'fetch-inputs.sh',
      { ENGINE: 'dataflow', LAKE: 'gs://b/lake', DRY_RUN: '1' },
      /vitals\.outputs\.json is not there/,
    ],
    ['stream-args.sh', {}, /image-digests\.json is not there/],
    ['deploy-cloud-run.sh', { ...PLACE, ENGINE: 'direct', DRY_RUN: '1' }, /image-digests\.json is not there/],
    ['smoke.sh', { ENGINE: 'direct' }, /LAKE is not set/],
  ])('%s with %j', async (script, env, said) => {
    await withFolder(async (folder) => {
      const { code, stdout, stderr } = await runScript(script, { BUILD_FOLDER: folder, ...env });
      expect(stderr).toMatch(said);
      expect([code === 0, stdout]).toEqual([false, '']);
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});

describe('a dry run prints the commands of a step', () => {
  test.each([
    ['install.sh', {}, ['+ npm ci --no-audit --no-fund', '+ npm run --silent build']],
    ['check.sh', {}, ['+ npm run --silent check']],
    [
      'fetch-release.sh',
      { STAGING_BUCKET: 'demo-staging', ENVIRONMENT: 'dev', COMMIT },
      [
        `+ gcloud storage cp gs://demo-staging/releases/${COMMIT}/image-digests.json FOLDER/image-digests.json`,
        `+ gcloud storage cp gs://demo-staging/releases/${COMMIT}/dev.tfplan FOLDER/dev.tfplan`,
      ],
    ],
    ['smoke.sh', { ENGINE: 'direct', LAKE: 'gs://b/lake' }, ['+ vitals doctor --lake gs://b/lake']],
  ])('%s', async (script, env, commands) => {
    await withFolder(async (folder) => {
      const { code, stdout, stderr } = await runScript(script, { BUILD_FOLDER: folder, DRY_RUN: '1', ...env });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.replaceAll(folder, 'FOLDER').trim().split('\n')).toEqual(commands);
    });
  });
});

test('smoke looks at the lake, and fails when it does not open', async () => {
  await withFolder(async (folder) => {
    const env = { BUILD_FOLDER: folder, ENGINE: 'direct' };
    const good = await runScript('smoke.sh', { ...env, LAKE: join(folder, 'lake') });
    expect(good).toMatchObject({ code: 0 });
    expect(good.stdout).toContain('lake folder');
    expect((await runScript('smoke.sh', { ...env, LAKE: 'gs://No_Bucket/lake' })).code).toBe(1);
  });
}, 30_000);
