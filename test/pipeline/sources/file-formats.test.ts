import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FileSource } from '../../../pipeline/sources/file-source.js';
import type { SourceMessage, SourcePositions } from '../../../pipeline/sources/source.js';
import { decode } from '../../../transforms/decode/index.js';
import { bundle, observation } from '../../transforms/decode/fhir-messages.js';
import { HEART_RATE, oru } from '../../transforms/decode/hl7v2-messages.js';
import { messageOf } from '../../transforms/decode/messages.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-formats-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Read {
  readonly messages: readonly SourceMessage[];
  readonly positions: SourcePositions;
}

async function read(positions: SourcePositions | null = null, messages = 100): Promise<Read> {
  const source = await FileSource.open(folder, { deleteAcknowledged: false });
  await source.resume(positions);
  const pulled = await source.pull({ messages, bytes: 1 << 24 });
  await source.close();
  return pulled;
}

const texts = ({ messages }: Read): string[] => messages.map(({ payload }) => Buffer.from(payload).toString());
const RESOURCE = observation({ id: 'o1' });

describe('files of a landing folder whose messages are no lines', () => {
  test('a FHIR document over several lines is one message, and decodes', async () => {
    const text = JSON.stringify(bundle(RESOURCE), null, 2);
    await writeFile(join(folder, 'bundle.json'), text);
    const found = await read();
    expect(texts(found)).toEqual([text]);
    const { rows } = decode(messageOf(text, { dialect: found.messages[0]?.dialect ?? null }), { timezone: null });
    expect(rows).toHaveLength(1);
  });

  test('an array of documents is a message an element', async () => {
    await writeFile(join(folder, 'day.json.gz'), gzipSync(JSON.stringify([RESOURCE, RESOURCE], null, 2)));
    expect(texts(await read()).map((text) => JSON.parse(text) as unknown)).toEqual([RESOURCE, RESOURCE]);
  });

  test('a .json file with a document a line is read by lines, and so is NDJSON that looks like an array or a document', async () => {
    await writeFile(join(folder, 'a.json'), '{"a":1}\n{"b":2}\n');
    await writeFile(join(folder, 'b.ndjson'), '[1,2]\n{\n}\n');
    expect(texts(await read())).toEqual(['{"a":1}', '{"b":2}', '[1,2]', '{', '}']);
  });

  test('a file of HL7 v2 is a message from each MSH to the next, declared as what it is', async () => {
    await writeFile(join(folder, 'ward.hl7'), oru(HEART_RATE) + oru(HEART_RATE).replaceAll('\r', '\n'));
    const found = await read();
    expect(texts(found)).toEqual([oru(HEART_RATE), oru(HEART_RATE).replaceAll('\r', '\n')]);
    expect(found.messages.map(({ dialect }) => dialect)).toEqual(['hl7v2', 'hl7v2']);
  });

  test('each takes up after its positions, wherever it was left', async () => {
    await writeFile(join(folder, 'a.json'), ' [ {"a":1} , "x,y" ,\n [2] ]\n');
    await writeFile(join(folder, 'b.hl7'), oru(HEART_RATE).repeat(3));
    await writeFile(join(folder, 'c.json'), '{\n"c":1\n}\n');
    const all = texts(await read());
    expect(all).toHaveLength(7);
    for (let stop = 1; stop < all.length; stop += 1) {
      const before = await read(null, stop);
      const after = await read(JSON.parse(JSON.stringify(before.positions)) as SourcePositions);
      expect([...texts(before), ...texts(after)]).toEqual(all);
    }
  });

  test('a document beyond 16 MiB comes in parts, and no byte of it is lost', async () => {
    const text = `{\n"x":"${'y'.repeat(18 << 20)}"}`;
    await writeFile(join(folder, 'large.json'), text);
    const parts: string[] = [];
    for (let positions: SourcePositions | null = null; ;) {
      const found = await read(positions);
      if (found.messages.length === 0) break;
      parts.push(...texts(found));
      positions = found.positions;
    }
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join('') === text).toBe(true);
  });
});
