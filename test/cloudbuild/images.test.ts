import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from '../support/vitals.js';
import { COMMIT, DIGEST, REGISTRY, writeDigests, writeOutputs } from './release.js';
import { recordCalls, runScript } from './run-script.js';

describe('record-digests', () => {
  test('writes the commit and each image by its digest, as JSON that a deploy reads back', async () => {
    await withFolder(async (folder) => {
      writeDigests(folder, DIGEST);
      const { code, stdout } = await runScript('record-digests.sh', { BUILD_FOLDER: folder, COMMIT });
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({ commit: COMMIT, images: DIGEST });
      expect(readFileSync(join(folder, 'image-digests.json'), 'utf8')).toBe(stdout);
      writeOutputs(folder, ['run', '--worker-image', 'another']);
      expect((await runScript('stream-args.sh', { BUILD_FOLDER: folder })).stdout).toBe(
        `run\n--worker-image\n${DIGEST['vitals-worker']}\n`,
      );
    });
  });

  test.each([
    ['an image that was not built', { vitals: DIGEST.vitals }, /Run scripts\/ci\/build-image\.sh vitals-worker/],
    ['a tag', { ...DIGEST, vitals: `${REGISTRY}/vitals:latest` }, /does not name vitals by one digest/],
    ['the digest of another image', { ...DIGEST, vitals: DIGEST['vitals-worker'] }, /does not name vitals by one/],
    ['two digests', { ...DIGEST, vitals: `${DIGEST.vitals}\n${DIGEST.vitals}` }, /does not name vitals by one/],
  ])('refuses %s, and leaves no record', async (_what, digests, said) => {
    await withFolder(async (folder) => {
      writeDigests(folder, digests);
      const { code, stderr } = await runScript('record-digests.sh', { BUILD_FOLDER: folder, COMMIT });
      expect([code, existsSync(join(folder, 'image-digests.json'))]).toEqual([1, false]);
      expect(stderr).toMatch(said);
    });
  });
});

describe('build-image', () => {
  test('builds from a folder of only what is copied, pushes, and records the digest of the push', async () => {
    await withFolder(async (folder) => {
      const answer = `case $1 in pull) exit 1;; build) for last; do :; done; ls -A "$last" >${folder}/context;; inspect) echo "other/vitals@sha256:0"; echo "${DIGEST.vitals}";; esac`;
      const PATH = recordCalls(folder, 'docker', answer);
      const env = { BUILD_FOLDER: join(folder, 'build'), REGISTRY, COMMIT, PATH };
      const { code, stdout } = await runScript('build-image.sh', env, 'vitals');
      expect([code, stdout]).toEqual([0, `${DIGEST.vitals}\n`]);
      expect(readFileSync(join(folder, 'build/digests/vitals'), 'utf8')).toBe(`${DIGEST.vitals}\n`);
      expect(readFileSync(join(folder, 'context'), 'utf8').trim().split('\n').sort()).toEqual([
        'containers',
        'dist',
        'package-lock.json',
        'package.json',
        'worker',
      ]);
      const calls = readFileSync(join(folder, 'docker.calls'), 'utf8').split('\n');
      expect(calls.map((call) => call.split(' ')[0])).toEqual(['pull', 'build', 'push', 'inspect', '']);
      expect(calls[2]).toBe(`push ${REGISTRY}/vitals:${COMMIT} `);
    });
  });

  test('run again, it keeps the image that was pushed', async () => {
    await withFolder(async (folder) => {
      const PATH = recordCalls(folder, 'docker', `[ $1 != inspect ] || echo "${DIGEST.vitals}"`);
      const env = { BUILD_FOLDER: join(folder, 'build'), REGISTRY, COMMIT, PATH };
      expect(await runScript('build-image.sh', env, 'vitals')).toMatchObject({ code: 0, stdout: `${DIGEST.vitals}\n` });
      const calls = readFileSync(join(folder, 'docker.calls'), 'utf8').trim().split('\n');
      expect(calls.map((call) => call.split(' ')[0])).toEqual(['pull', 'inspect']);
    });
  });
});
