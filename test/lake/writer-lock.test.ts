import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { currentProcess } from '../../lake/process-info.js';
import { LocalStorage } from '../../lake/storage/local.js';
import { takeWriterLock } from '../../lake/writer-lock.js';
import { compileLake } from './compiled-lake.js';
import { fakeProcess } from './fake-process.js';
import { scratch } from './scratch.js';

const PROGRAM = `
  import { currentProcess } from './lake/process-info.js';
  import { LocalStorage } from './lake/storage/local.js';
  import { takeWriterLock } from './lake/writer-lock.js';
  process.stdout.write('ready\\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  try {
    await takeWriterLock(new LocalStorage(process.argv[2]), currentProcess());
    process.stdout.write('held\\n');
  } catch (error) {
    process.stdout.write(error.name + ' ' + error.message + '\\n');
  }
  setInterval(() => undefined, 1000);
`;

let compiled = '';
const children: ChildProcess[] = [];

beforeAll(() => {
  compiled = compileLake();
  writeFileSync(join(compiled, 'hold.mjs'), PROGRAM);
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that waits for the word go, and then says one line. */
async function contender(lake: string): Promise<{ pid: number; go(): Promise<string>; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [join(compiled, 'hold.mjs'), lake], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const said = once(child.stdout, 'data') as Promise<[Buffer]>;
  expect(String((await said)[0])).toBe('ready\n');
  return {
    pid: child.pid!,
    async go() {
      child.stdin.write('go\n');
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      return String(line).trim();
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('the writer lock', () => {
  test('of 20 processes that start at once exactly one holds the lake, and the others name it', async () => {
    const lake = scratch();
    const all = await Promise.all(Array.from({ length: 20 }, () => contender(lake)));
    const said = await Promise.all(all.map((one) => one.go()));
    const winner = all[said.indexOf('held')]!;
    expect(said.filter((line) => line === 'held')).toHaveLength(1);
    for (const line of said.filter((other) => other !== 'held')) {
      expect(line).toContain(
        `LakeError The lake ${lake} is being written by process ${winner.pid} on ${hostname()}. Stop`,
      );
    }
  });

  test('a killed holder is superseded, by exactly one of several', async () => {
    const lake = scratch();
    const first = await contender(lake);
    expect(await first.go()).toBe('held');
    const others = await Promise.all(Array.from({ length: 6 }, () => contender(lake)));
    await first.kill();
    const said = await Promise.all(others.map((one) => one.go()));
    expect(said.filter((line) => line === 'held')).toHaveLength(1);
  });

  test('a released lock is free at once, and leaves one small file', async () => {
    const storage = new LocalStorage(scratch());
    for (let i = 0; i < 5; i++) await (await takeWriterLock(storage, fakeProcess())).release();
    expect(readdirSync(join(storage.root, '_writer.lock'))).toHaveLength(1);
  });

  test('this process cannot hold it twice', async () => {
    const storage = new LocalStorage(scratch());
    const lock = await takeWriterLock(storage, currentProcess());
    await expect(takeWriterLock(storage, currentProcess())).rejects.toThrow(`by process ${process.pid} on`);
    await lock.release();
  });

  test('another process under the number of a dead one does not pass for it', async () => {
    const storage = new LocalStorage(scratch());
    const real = currentProcess();
    const reused = { ...real, self: { ...real.self, started: '1' } };
    await takeWriterLock(storage, reused);
    await expect(takeWriterLock(storage, real)).resolves.toMatchObject({ generation: 2 });
  });

  test('a holder on another machine counts as alive, and the message says which file to delete', async () => {
    const storage = new LocalStorage(scratch());
    const real = currentProcess();
    await takeWriterLock(storage, { ...real, self: { ...real.self, host: 'elsewhere' } });
    await expect(takeWriterLock(storage, real)).rejects.toThrow(
      /if elsewhere is gone for good, delete _writer\.lock\/000000000001$/,
    );
  });

  test('a machine that was restarted holds nothing', async () => {
    const storage = new LocalStorage(scratch());
    const real = currentProcess();
    await takeWriterLock(storage, { ...real, self: { ...real.self, boot: 'before' } });
    await expect(takeWriterLock(storage, real)).resolves.toMatchObject({ generation: 2 });
  });

  test('one who was overtaken while creating an old number yields', async () => {
    const storage = new LocalStorage(scratch());
    await takeWriterLock(storage, fakeProcess()).then((lock) => lock.release());
    const holder = fakeProcess();
    const slow = new LocalStorage(storage.root);
    // Sees the lake as it was before the first writer came: creates generation 1, which has been cleaned up since.
    let first = true;
    const list = slow.list.bind(slow);
    slow.list = (prefix) => {
      if (!first) return list(prefix);
      first = false;
      return Promise.resolve([]);
    };
    await takeWriterLock(storage, holder);
    await expect(takeWriterLock(slow, fakeProcess())).rejects.toThrow(`by process ${holder.self.pid} on`);
    expect(readdirSync(join(storage.root, '_writer.lock'))).toEqual(['000000000003']);
  });
});
