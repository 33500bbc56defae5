import { mkdtemp, rm, writeFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FileSource } from '../../../pipeline/sources/file-source.js';
import type { Pulled } from '../../../pipeline/sources/source.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-source-'));
});
afterEach(() => rm(folder, { recursive: true }));

const LIMITS = { messages: 100, bytes: 1 << 20 };
const open = (deleteAcknowledged = false) => FileSource.open(folder, { deleteAcknowledged });
const texts = (pulled: Pulled) => pulled.messages.map((message) => Buffer.from(message.payload).toString());

describe('the folder source', () => {
  test('reads lines of files in the order of their names; a blank line inside is a message, the last newline is not', async () => {
    await writeFile(join(folder, 'b.ndjson'), 'b1\r\n\nb3');
    await writeFile(join(folder, 'a.ndjson'), 'a1\na2\n');
    await writeFile(join(folder, 'notes.txt'), 'not read');
    const source = await open();
    await source.resume(null);
    const pulled = await source.pull(LIMITS);
    expect(texts(pulled)).toEqual(['a1', 'a2', 'b1', '', 'b3']);
    expect(pulled.drained).toBe(true);
  });

  test('reads gzip, and CSV with its header as an attribute of every line', async () => {
    await writeFile(join(folder, 'a.ndjson.gz'), gzipSync('z1\nz2\n'));
    await writeFile(join(folder, 'b.csv'), 'patient_id,heart_rate\nP1,70\nP2,80\n');
    const source = await open();
    await source.resume(null);
    const pulled = await source.pull(LIMITS);
    expect(texts(pulled)).toEqual(['z1', 'z2', 'P1,70', 'P2,80']);
    expect(pulled.messages[2]).toMatchObject({
      dialect: 'csv',
      attributes: JSON.stringify({ dialect: 'csv', header: 'patient_id,heart_rate' }),
    });
  });

  test('takes up after its positions, in the middle of a file and behind a CSV header', async () => {
    await writeFile(join(folder, 'a.ndjson'), 'a1\na2\na3\n');
    await writeFile(join(folder, 'b.csv'), 'h\nb1\nb2\n');
    const first = await open();
    await first.resume(null);
    const expected = ['a1', 'a2', 'a3', 'b1', 'b2'];
    for (let stop = 0; stop <= expected.length; stop += 1) {
      const source = await open();
      await source.resume(null);
      const before = stop === 0 ? null : await source.pull({ messages: stop, bytes: 1 << 20 });
      await source.close();
      const again = await open();
      await again.resume(before ? JSON.parse(JSON.stringify(before.positions)) : null);
      expect([...(before ? texts(before) : []), ...texts(await again.pull(LIMITS))]).toEqual(expected);
      await again.close();
    }
  });

  test('finds files that appear later, whatever their names', async () => {
    await writeFile(join(folder, 'm.ndjson'), 'm\n');
    const source = await open();
    await source.resume(null);
    expect(texts(await source.pull(LIMITS))).toEqual(['m']);
    await writeFile(join(folder, 'a.ndjson'), 'a\n');
    expect(texts(await source.pull(LIMITS))).toEqual(['a']);
  });

  test('stops at the limits', async () => {
    await writeFile(join(folder, 'a.ndjson'), '12345\n'.repeat(50));
    const source = await open();
    await source.resume(null);
    expect(texts(await source.pull({ messages: 7, bytes: 1 << 20 }))).toHaveLength(7);
    expect(texts(await source.pull({ messages: 100, bytes: 20 }))).toHaveLength(4);
    await source.close();
  });

  test('cuts a line that has no end into messages, and loses no byte of it', async () => {
    const line = Buffer.alloc(20 << 20, 'x');
    await writeFile(join(folder, 'a.ndjson'), Buffer.concat([line, Buffer.from('\nnext\n')]));
    const source = await open();
    await source.resume(null);
    const pulled = await source.pull({ messages: 100, bytes: 1 << 30 });
    const sizes = pulled.messages.map((message) => message.payload.length);
    expect(sizes.slice(0, -1).reduce((sum, size) => sum + size, 0)).toBe(line.length);
    expect(texts(pulled).at(-1)).toBe('next');
  });

  test('deletes what was acknowledged only when told to, and forgets files that are gone', async () => {
    await writeFile(join(folder, 'a.ndjson'), 'a\n');
    const source = await open(true);
    await source.resume(null);
    const pulled = await source.pull(LIMITS);
    expect(await readdir(folder)).toEqual(['a.ndjson']);
    await pulled.acknowledge();
    expect(await readdir(folder)).toEqual([]);
    expect((await source.pull(LIMITS)).positions).toEqual({ files: {} });
  });

  test('a torn gzip file is an error that names the file', async () => {
    await writeFile(join(folder, 'torn.ndjson.gz'), gzipSync('z'.repeat(10_000)).subarray(0, 20));
    const source = await open();
    await source.resume(null);
    await expect(source.pull(LIMITS)).rejects.toThrow(/--source: torn.ndjson.gz cannot be read to its end/);
  });

  test('a folder that is not there is an error that names the flag', async () => {
    await expect(FileSource.open(join(folder, 'none'), { deleteAcknowledged: false })).rejects.toThrow(
      /--source: .*none is not a folder/,
    );
  });
});
