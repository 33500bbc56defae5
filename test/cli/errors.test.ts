import { createServer, type AddressInfo } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { finished, startVitals, vitals, withFolder, type Finished } from '../support/vitals.js';

const MESSAGE = '{"patient_id":"P1","device_id":"M","event_time":"2026-11-21T07:20:50.123Z","heart_rate":78}\n';

/** One line on stderr that begins with the program's name, and the code of a failure. */
function expectOneLine(end: Finished, pattern: RegExp, code = 1): void {
  const said = end.stderr.trim().split('\n');
  expect(said.at(-1)).toMatch(pattern);
  expect(said.filter((line) => line.startsWith('vitals:'))).toHaveLength(1);
  expect(end.stderr).not.toMatch(/\n\s+at /);
  expect(end.code).toBe(code);
}

async function landing(folder: string): Promise<string[]> {
  await mkdir(join(folder, 'in'), { recursive: true });
  await writeFile(join(folder, 'in', 'a.ndjson'), MESSAGE);
  return ['run', '--once', '--workers', '0', '--source', `file:${join(folder, 'in')}`, '--lake', join(folder, 'lake')];
}

describe('each of these is one clear line and a non-zero exit', () => {
  test('a wrong flag, a missing one and an unknown command are usage errors (2)', async () => {
    expectOneLine(
      await vitals(['run', '--sorce', 'x', '--source', 'file:x']),
      /Unknown argument.*sorce.*vitals run --help/,
      2,
    );
    expectOneLine(await vitals(['run']), /Missing required argument: source/, 2);
    expectOneLine(await vitals(['rnu']), /run.*vitals --help/, 2);
  });

  test('a missing model', async () => {
    await withFolder(async (folder) => {
      const end = await vitals([...(await landing(folder)), '--model', join(folder, 'none')]);
      expectOneLine(end, /--model: there is no folder .*vitals model train/);
    });
  });

  test('a foreign model', async () => {
    await withFolder(async (folder) => {
      await mkdir(join(folder, 'model'));
      await writeFile(join(folder, 'model', 'model.json'), '{"format":1,"kind":"pickle"}');
      await writeFile(join(folder, 'model', 'weights.bin'), 'x');
      expectOneLine(
        await vitals([...(await landing(folder)), '--model', join(folder, 'model')]),
        /^vitals: .*model\.json/,
      );
    });
  });

  test('a lake that cannot be written', async () => {
    await withFolder(async (folder) => {
      const args = await landing(folder);
      // A file where the lake should be: refused to root too, who may write anywhere.
      await writeFile(join(folder, 'lake'), 'not a folder');
      expectOneLine(await vitals(args), /^vitals: .*lake/);
    });
  });

  test('a disk without room: nothing half-written, and the next run completes it', async () => {
    await withFolder(async (folder) => {
      const args = await landing(folder);
      // The limit on the size of a file stands for a full disk: the write fails with an error in the same place.
      const child = startVitals(args, { NODE_OPTIONS: `--require ${await fullDiskAfter(folder, 12)}` });
      child.stdin?.end();
      expectOneLine(await finished(child), /^vitals: .*(disk|space)/i);
      expect((await vitals(args)).code).toBe(0);
      const audit = await vitals(['audit', '--json', '--lake', join(folder, 'lake')]);
      expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, received: 1, silver: 1 });
    });
  });

  test('a second writer of the same lake', async () => {
    await withFolder(async (folder) => {
      const args = (await landing(folder)).filter((arg) => arg !== '--once');
      const first = startVitals(args);
      const ended = finished(first);
      await new Promise<void>((resolve) => first.stderr?.once('data', () => resolve()));
      const end = await vitals(args);
      first.kill('SIGTERM');
      expectOneLine(end, new RegExp(`process ${first.pid}`));
      expect((await ended).code).toBe(0);
    });
  });

  test('a port in use', async () => {
    await withFolder(async (folder) => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      const end = await vitals(['start', '--port', String(port), '--lake', join(folder, 'lake')]);
      server.close();
      expectOneLine(end, new RegExp(`--port: ${port} is in use`));
    });
  });
});

/** A module that makes the nth write of a file fail as a full disk does. */
async function fullDiskAfter(folder: string, writes: number): Promise<string> {
  const module = join(folder, 'full-disk.cjs');
  await writeFile(
    module,
    `const fs = require('node:fs/promises');
     const open = fs.open;
     let writes = 0;
     fs.open = async (...args) => {
       const handle = await open(...args);
       const fail = () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));
       for (const name of ['write', 'writeFile']) {
         const original = handle[name].bind(handle);
         handle[name] = (...rest) => ((writes += 1) > ${writes} ? fail() : original(...rest));
       }
       return handle;
     };
     require('node:module').syncBuiltinESMExports();`,
  );
  return module;
}
