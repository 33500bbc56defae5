import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-script.js';

const TEXT = readFileSync(join(ROOT, 'containers/vitals/Containerfile'), 'utf8');
const instructions = (name: string) =>
  [...TEXT.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(([, rest]) => rest!.trim());

/** There is no builder of images here: what can be known of the file without one. */
describe('the image of the command line tool', () => {
  test('stands on images of one version, the Node that the checks run on', () => {
    const bases = instructions('FROM').map((from) => from.split(' ')[0]);
    expect(new Set(bases).size).toBe(1);
    const build = readFileSync(join(ROOT, 'cloudbuild.yaml'), 'utf8');
    expect(build).toContain(`name: ${bases[0]!.replace('-slim', '')}\n`);
  });

  test('copies what is there, and what scripts/ci/build-image.sh gives it', () => {
    const copied = instructions('COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const given = /^ *cp -a (.*) "\$context\/"$/m.exec(
      readFileSync(join(ROOT, 'scripts/ci/build-image.sh'), 'utf8'),
    )![1];
    expect(copied.filter((path) => !given!.split(' ').includes(path))).toEqual([]);
  });

  test('installs by the lock file, without development packages and install scripts', () => {
    expect(instructions('RUN')).toEqual(['npm ci --omit=dev --ignore-scripts --no-audit --no-fund']);
  });

  test('starts the program of package.json, and not as root', () => {
    const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bin: { vitals: string } };
    expect(instructions('ENTRYPOINT')).toEqual([`["node", "/app/${bin.vitals.replace('./', '')}"]`]);
    expect(instructions('USER')).toEqual(['node']);
    expect(TEXT.indexOf('\nUSER node')).toBeGreaterThan(TEXT.lastIndexOf('\nCOPY'));
  });
});
