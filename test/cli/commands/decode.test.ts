import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import yargs from 'yargs';
import { decodeCommand } from '../../../cli/commands/decode.js';
import { decodeFile } from '../../../cli/decode/decode-file.js';
import { toFile, toStream } from '../../../cli/decode/output.js';
import { ConfigurationError } from '../../../schema/errors.js';
import { OBJECT_DIALECTS, TEXT_DIALECTS } from '../../../transforms/decode/dialects.js';
import { BASE, jsonWith } from '../../transforms/decode/messages.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decode-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Decoded {
  readonly readings: readonly Record<string, unknown>[];
  readonly rejects: readonly Record<string, unknown>[];
  readonly summary: Awaited<ReturnType<typeof decodeFile>>;
}

async function decoded(name: string, content: string | Uint8Array, dialect: string | null = null): Promise<Decoded> {
  const file = join(folder, name);
  await writeFile(file, content);
  const out = new PassThrough();
  const chunks: Buffer[] = [];
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const readings = toStream(out);
  const rejects = await toFile('--rejects', `${file}.rejects`);
  const options = { timezone: null, dialect, now: 0 };
  const summary = await decodeFile(file, options, readings, rejects).finally(async () => {
    await readings.close();
    await rejects.close();
  });
  return {
    readings: parsedLines(Buffer.concat(chunks).toString()),
    rejects: parsedLines(await readFile(`${file}.rejects`, 'utf8')),
    summary,
  };
}

function parsedLines(text: string): Record<string, unknown>[] {
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const FULL = JSON.stringify(BASE);
const HEADER = 'patient_id,event_time,heart_rate';

describe('vitals decode', () => {
  test('each line of NDJSON ends once, and rejects carry the original bytes', async () => {
    const bad = `${FULL.slice(0, 30)}é`;
    const { readings, rejects, summary } = await decoded(
      'mixed.ndjson',
      `${FULL}\r\n\n${bad}\n${jsonWith({ heart_rate: 400 })}`,
    );
    expect(readings.map(({ heart_rate }) => heart_rate)).toEqual([78, null]);
    expect(Object.keys(readings[0] ?? {})[0]).toBe('patient_id');
    expect(rejects).toEqual([
      { stage: 'decode', reason: 'EMPTY', field: null, detail: expect.any(String), original_base64: '' },
      {
        stage: 'decode',
        reason: 'SYNTAX',
        field: null,
        detail: expect.any(String),
        original_base64: Buffer.from(bad).toString('base64'),
      },
      {
        stage: 'cleanse',
        reason: 'RANGE',
        field: 'heart_rate',
        detail: expect.any(String),
        original_base64: Buffer.from(jsonWith({ heart_rate: 400 })).toString('base64'),
      },
    ]);
    expect({ ...summary }).toEqual({
      messages: 4,
      readings: 2,
      rejected: 2,
      field_rejects: 1,
      rejected_by_reason: { EMPTY: 1, SYNTAX: 1 },
      field_rejects_by_reason: { RANGE: 1 },
    });
    expect(String(summary)).toBe('4 messages: 2 readings, 2 rejected (EMPTY 1, SYNTAX 1); 1 fields rejected (RANGE 1)');
    expect(summary.isComplete).toBe(true);
  });

  test('CSV is known by its name, and its header is no message', async () => {
    const rows = `\ufeff${HEADER}\r\nP1,2026-11-21T07:20:50Z,78\r\nP2,2026-11-21T07:20:51Z,79\r\n`;
    const { readings, summary } = await decoded('day.csv', rows);
    expect(readings.map(({ patient_id }) => patient_id)).toEqual(['P1', 'P2']);
    expect(summary).toMatchObject({ messages: 2, readings: 2 });
  });

  test('a declared dialect goes before the name', async () => {
    const { readings } = await decoded('day.txt', `${HEADER}\nP1,2026-11-21T07:20:50Z,78\n`, 'csv');
    expect(readings).toHaveLength(1);
    const { summary } = await decoded('json.csv', `${FULL}\n`, 'json');
    expect(summary).toMatchObject({ messages: 1, readings: 1 });
  });

  test('gzip is unpacked by its name', async () => {
    const { readings } = await decoded('day.ndjson.gz', gzipSync(`${FULL}\n${FULL}\n`));
    expect(readings).toHaveLength(2);
    const csv = await decoded('day.csv.gz', gzipSync(`${HEADER}\nP1,2026-11-21T07:20:50Z,78\n`));
    expect(csv.readings).toHaveLength(1);
  });

  test('a damaged gzip file is an error, after what could be read of it', async () => {
    const cut = gzipSync(Buffer.from(`${FULL}\n`.repeat(1000))).subarray(0, -20);
    await expect(decoded('torn.ndjson.gz', cut)).rejects.toThrow(/damaged/);
    await expect(decoded('none.ndjson.gz', 'no gzip')).rejects.toThrow(ConfigurationError);
  });

  test('of a line longer than 256 KB enough is kept to refuse it, and the next line goes through', async () => {
    const { readings, rejects, summary } = await decoded('long.ndjson', `${'x'.repeat(3 << 20)}\n${FULL}\n`);
    expect(readings).toHaveLength(1);
    expect(rejects).toMatchObject([{ reason: 'SIZE' }]);
    expect(Buffer.from(String(rejects[0]?.['original_base64']), 'base64')).toHaveLength(256 * 1024 + 1);
    expect(summary.messages).toBe(2);
  });

  test('an empty file has no messages', async () => {
    const { summary } = await decoded('empty.ndjson', '');
    expect(summary).toMatchObject({ messages: 0, readings: 0, rejected: 0 });
  });

  test.each([
    ['nothing.ndjson', /there is no/],
    ['.', /is a folder/],
  ])('a file that cannot be read (%s) is bad configuration', async (name, message) => {
    const out = toStream(new PassThrough());
    const run = decodeFile(join(folder, name), { timezone: null, dialect: null, now: 0 }, out, null);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toBeInstanceOf(ConfigurationError);
  });

  test('a file of rejects that cannot be created is bad configuration', async () => {
    await expect(toFile('--rejects', join(folder, 'no', 'such', 'folder'))).rejects.toThrow(/^--rejects: /);
  });

  test('a reader that goes away ends the work quietly', async () => {
    const file = join(folder, 'large.ndjson');
    await writeFile(file, `${FULL}\n`.repeat(20_000));
    const gone = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    const readings = toStream(gone);
    const summary = await decodeFile(file, { timezone: null, dialect: null, now: 0 }, readings, null);
    await readings.close();
    expect(readings.open).toBe(false);
    expect(summary.messages).toBeLessThan(20_000);
  });

  test('any other failure to write is told', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
    });
    const output = toStream(full);
    output.write('x');
    await expect(output.flush()).rejects.toThrow('no space');
  });

  test('a lone - means standard input', async () => {
    const files: string[] = [];
    const command = { ...decodeCommand, handler: ({ file }: { file: string }) => void files.push(file) };
    await yargs([]).command(command).parseAsync(['decode', '-']);
    await yargs([]).command(command).parseAsync(['decode', 'a.ndjson']);
    expect(files).toEqual(['-', 'a.ndjson']);
  });

  test('its help shows examples and the dialects that there are', async () => {
    const help = await yargs([]).scriptName('vitals').command(decodeCommand).getHelp();
    expect(help).toContain('decode <file>');
    const own = await yargs(['decode', '--help'])
      .scriptName('vitals')
      .command(decodeCommand)
      .exitProcess(false)
      .parseAsync(['decode', '--help'], {}, (_error, _argv, output) => {
        for (const { name } of [...OBJECT_DIALECTS, ...TEXT_DIALECTS]) expect(output).toContain(`"${name}"`);
        expect(output).toContain('Examples:');
      });
    expect(own).toBeDefined();
  });
});
