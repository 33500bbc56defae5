import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskError } from '../../lake/storage/disk-error.js';
import { LakeError } from '../../lake/lake-error.js';
import { LocalStorage } from '../../lake/storage/local.js';
import { temporaryName } from '../../lake/storage/temporary.js';
import { scratch } from './scratch.js';

const text = (value: string) => Buffer.from(value, 'utf8');

describe('local storage', () => {
  test('an object has its bytes, its size and its place in the listing; folders come into being by themselves', async () => {
    const storage = new LocalStorage(scratch());
    expect(await storage.putIfAbsent('a/b/c.json', text('hello'))).toBe('created');
    expect(Buffer.from((await storage.readRange('a/b/c.json', 0, null))!).toString()).toBe('hello');
    expect(Buffer.from((await storage.readRange('a/b/c.json', 1, 3))!).toString()).toBe('el');
    expect(Buffer.from((await storage.readRange('a/b/c.json', 3, null))!).toString()).toBe('lo');
    expect((await storage.stat('a/b/c.json'))?.size).toBe(5);
    expect(await storage.list('a/')).toEqual(['a/b/c.json']);
    expect(await storage.list('')).toEqual(['a/b/c.json']);
  });

  test('what is not there is null, an empty list, and no error to delete', async () => {
    const storage = new LocalStorage(join(scratch(), 'nowhere'));
    expect(await storage.readRange('x', 0, null)).toBeNull();
    expect(await storage.readRange('x', 5, 9)).toBeNull();
    expect(await storage.stat('x')).toBeNull();
    expect(await storage.list('x/')).toEqual([]);
    await expect(storage.delete('x')).resolves.toBeUndefined();
  });

  test('the second writer of a name is told so and changes nothing', async () => {
    const storage = new LocalStorage(scratch());
    await storage.putIfAbsent('a', text('first'));
    expect(await storage.putIfAbsent('a', text('second'))).toBe('exists');
    expect(readFileSync(join(storage.root, 'a'), 'utf8')).toBe('first');
    expect(readdirSync(storage.root)).toEqual(['a']);
  });

  test('of many writers of one name exactly one creates it', async () => {
    const storage = new LocalStorage(scratch());
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_, i) => storage.putIfAbsent('a', text(`${i}`))));
    const winner = outcomes.indexOf('created');
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(readFileSync(join(storage.root, 'a'), 'utf8')).toBe(`${winner}`);
  });

  test('a finished file is taken over under its name, or thrown away when the name is taken', async () => {
    const storage = new LocalStorage(scratch());
    for (const outcome of ['created', 'exists']) {
      const file = await storage.local.temporary('t/a');
      writeFileSync(file, outcome);
      expect(await storage.local.adopt('t/a', file)).toBe(outcome);
      expect(readdirSync(join(storage.root, 't'))).toEqual(['a']);
      expect(readFileSync(join(storage.root, 't/a'), 'utf8')).toBe('created');
    }
  });

  test('temporary files are not listed, and those of dead processes are removed', async () => {
    const storage = new LocalStorage(scratch());
    await storage.putIfAbsent('t/a', text('a'));
    const mine = temporaryName();
    const { pid } = spawnSync('true');
    const dead = mine.replace(`-${process.pid}-`, `-${pid}-`);
    const elsewhere = mine.replace(/^\.tmp-[0-9a-f]+/, '.tmp-00000000');
    const ancient = `${elsewhere}0`;
    for (const name of [mine, dead, elsewhere, ancient]) writeFileSync(join(storage.root, 't', name), 'half');
    utimesSync(join(storage.root, 't', ancient), 1, 1);
    expect(await storage.list('')).toEqual(['t/a']);
    expect(await storage.local.removeTemporaries('t/')).toBe(2);
    expect(readdirSync(join(storage.root, 't')).sort()).toEqual([mine, elsewhere, 'a'].sort());
  });

  test('a temporary file from before this process started is not its own, whatever its number', async () => {
    const storage = new LocalStorage(scratch());
    mkdirSync(join(storage.root, 't'));
    const file = join(storage.root, 't', temporaryName());
    writeFileSync(file, 'half');
    const before = Date.now() / 1000 - process.uptime() - 5;
    utimesSync(file, before, before);
    expect(await storage.local.removeTemporaries('t/')).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  test('a file where a folder should be is one clear sentence', async () => {
    const storage = new LocalStorage(scratch());
    await storage.putIfAbsent('a', text('a'));
    await expect(storage.putIfAbsent('a/b', text('b'))).rejects.toThrow(
      /^Cannot write .*a\/b: a file is where a folder should be \(ENOTDIR\)\. Choose another folder/,
    );
  });

  (process.getuid?.() === 0 ? test.skip : test)('a folder without permission is one clear sentence', async () => {
    const storage = new LocalStorage(scratch());
    chmodSync(storage.root, 0o500);
    await expect(storage.putIfAbsent('a', text('a'))).rejects.toThrow(/permission was denied \(EACCES\)\. Give/);
  });
});

describe('errors of the disk', () => {
  test.each([
    ['ENOSPC', 'FULL', /the disk is full \(ENOSPC\)\. Free some space/],
    ['EACCES', 'DENIED', /permission was denied \(EACCES\)\. Give/],
    ['EROFS', 'DENIED', /the file system is read-only \(EROFS\)\. Mount/],
    ['EMFILE', 'EXHAUSTED', /too many open files \(EMFILE\)\. Raise/],
    ['EIO', 'BROKEN_DISK', /input\/output error \(EIO\)\. Check/],
  ])('%s is one sentence and a remedy', (code, kind, message) => {
    const error = diskError(Object.assign(new Error('x'), { code }), 'write', '/lake/a');
    expect(error).toBeInstanceOf(LakeError);
    expect(error).toMatchObject({ code: kind, message: expect.stringMatching(message) });
  });

  test('what an operator cannot mend stays the error it is', () => {
    const error = new TypeError('x');
    expect(diskError(error, 'write', '/lake/a')).toBe(error);
  });
});
