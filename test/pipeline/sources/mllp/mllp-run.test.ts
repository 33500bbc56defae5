import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { drive } from '../../../../cli/drive.js';
import { openMllp } from '../../../../cli/mllp-flags.js';
import { openSource } from '../../../../cli/source.js';
import { openLakeSnapshot } from '../../../../lake/reader.js';
import type { MllpSource } from '../../../../pipeline/sources/mllp/mllp-source.js';
import { openQuerySession } from '../../../../query/session.js';
import { HEART_RATE, hl7, MSH, OBR, PID } from '../../../transforms/decode/hl7v2-messages.js';
import { finished, startVitals, withFolder } from '../../../support/vitals.js';
import { codeOf, Sender } from './sender.js';

const KILLED = fileURLToPath(new URL('killed-before-answer.mjs', import.meta.url));

const oru = (id: string): string =>
  hl7(
    MSH.replace('|M-1|', `|${id}|`),
    PID,
    OBR,
    HEART_RATE.replace('|78|', `|${60 + Number(id)}|`).replace('|1.1|', `|1.${id}|`),
  );

async function query<T>(lake: string, sql: string): Promise<T[]> {
  const session = await openQuerySession(await openLakeSnapshot(lake));
  try {
    return (await session.all(sql)) as T[];
  } finally {
    await session.close();
  }
}

/** The port that a listener says it listens on. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      const port = /listening on mllp:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.on('close', () => reject(new Error(`ended before it listened: ${said}`)));
  });
}

/** Runs the pipeline on a listener in this process while `work` sends, then stops it in order. */
async function running<T>(lake: string, work: (port: number) => Promise<T>) {
  const source = (await openMllp('mllp://127.0.0.1:0', false, {})) as MllpSource;
  const stop = new AbortController();
  const flags = { lake, workers: 0, 'batch-messages': 1000, 'batch-seconds': 0.1, json: false };
  const listening = new Promise<void>((resolve) => {
    const resume = source.resume.bind(source);
    source.resume = () => resume().then(resolve);
  });
  const status = drive(flags as never, source, false, stop.signal, () => {});
  await Promise.race([listening, status]);
  try {
    const result = await work(source.port);
    stop.abort();
    return { result, run: (await status).run };
  } finally {
    stop.abort();
    await status;
  }
}

/** The same as a process of its own. */
async function whileRunning<T>(lake: string, work: (port: number) => Promise<T>): Promise<T> {
  const child = startVitals([
    'run',
    '--source',
    'mllp://127.0.0.1:0',
    '--lake',
    lake,
    '--workers',
    '0',
    '--batch-seconds',
    '0.1',
  ]);
  const end = finished(child);
  try {
    return await work(await portOf(child));
  } finally {
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0 });
  }
}

async function send(port: number, messages: readonly string[]): Promise<string[]> {
  const sender = await Sender.to(port);
  sender.send(...messages);
  const answers = await sender.answered(messages.length);
  await sender.end();
  return answers.map(codeOf);
}

describe('the pipeline behind an MLLP listener', () => {
  test('every message that was answered is accounted for: readings in silver, the rest as dead letters', async () => {
    await withFolder(async (folder) => {
      const lake = join(folder, 'lake');
      const refusedValue = hl7(MSH.replace('|M-1|', '|4|'), PID, OBR, HEART_RATE.replace('|78|', '|fast|'));
      const { result, run } = await running(lake, (port) =>
        send(port, [oru('1'), oru('2'), 'not HL7', refusedValue, oru('1')]),
      );
      expect(result).toEqual(['AA 1', 'AA 2', 'AR ', 'AA 4', 'AA 1']);
      expect(
        await query(
          lake,
          'SELECT message_id, heart_rate FROM silver.patient_vitals JOIN bronze.patient_vitals ON message_id = source_message_id GROUP BY ALL ORDER BY 1',
        ),
      ).toEqual([
        { message_id: '1', heart_rate: 61 },
        { message_id: '2', heart_rate: 62 },
      ]);
      const letters = await query(
        lake,
        "SELECT reason, scope FROM silver.dead_letter WHERE scope = 'item' ORDER BY reason",
      );
      expect(letters).toEqual([
        { reason: 'FORMAT', scope: 'item' },
        { reason: 'NO_READING', scope: 'item' },
      ]);
      expect(run).toMatchObject({ messages: 5, received: 5, silver: 2, dead_letter: 2, suppressed: 1 });
    });
  });

  test('a process killed between bronze and its answer: the sender sends again, and silver has the reading once', async () => {
    await withFolder(async (folder) => {
      const lake = join(folder, 'lake');
      const child = spawn(process.execPath, [KILLED, lake], { stdio: ['ignore', 'pipe', 'pipe'] });
      const end = finished(child);
      const sender = await Sender.to(await portOf(child));
      sender.send(oru('1'));
      await expect(sender.answered(1)).rejects.toThrow('closed after 0 of 1 answers');
      expect((await end).signal).toBe('SIGKILL');

      expect(await whileRunning(lake, (port) => send(port, [oru('1')]))).toEqual(['AA 1']);
      expect(await query(lake, 'SELECT count(*) AS n FROM bronze.patient_vitals')).toEqual([{ n: 2 }]);
      expect(await query(lake, 'SELECT count(*) AS n FROM silver.patient_vitals')).toEqual([{ n: 1 }]);
    });
  });

  test.each([
    ['mllp://0.0.0.0:0', false, {}, '--source: mllp://0.0.0.0:0 can be reached by others'],
    ['mllp://127.0.0.1:0', true, {}, '--once: mllp://127.0.0.1:0 has no end'],
    ['mllp://127.0.0.1:0', false, { 'mllp-tls-cert': 'no.pem' }, '--mllp-tls-cert: no.pem cannot be read (ENOENT)'],
    [
      'mllp://127.0.0.1:0',
      false,
      { 'mllp-tls-cert': 'package.json' },
      '--mllp-tls-key: is not given, but TLS is asked for',
    ],
  ])('a source of %s (--once %p, flags %j) is refused', async (url, once, mllp, expected) => {
    await expect(openSource(url, { deleteAcknowledged: false, once, mllp })).rejects.toThrow(expected);
  });

  test('a key that is none is a mistake in the configuration', async () => {
    const source = await openMllp('mllp://127.0.0.1:0', false, {
      'mllp-tls-key': 'package.json',
      'mllp-tls-cert': 'package.json',
    });
    await expect(source.resume(null)).rejects.toThrow(/--mllp-tls-key: key or certificate cannot be used/);
  });
});
