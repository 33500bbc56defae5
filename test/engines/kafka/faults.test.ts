import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { finished, startVitals, vitals, withFolder } from '../../support/vitals.js';
import { describeWithKafka, KafkaBroker } from './broker.js';
import { digestOfBronze, digestOfTopic } from './digest.js';
import { openTopic, openUrl, readToEnd, textsOf, LIMITS } from './read-topic.js';
import { waitFor } from '../support/wait-for.js';
import { randomOf } from './random.js';

/** Kills and messages in all. CI runs a few; the published figures are `node bench/kafka-kills.mjs`. */
const KILLS = Number(process.env['VITALS_KAFKA_KILLS'] ?? 3);
const MESSAGES = Number(process.env['VITALS_KAFKA_MESSAGES'] ?? 6_000);
const SEED = Number(process.env['VITALS_KILL_SEED'] ?? 20261121);
/** Readings a patient sends in the simulated time, one a minute. */
const PATIENTS = Math.max(40, Math.ceil(MESSAGES / 1_000));
/** A run starts in a second or two: kills fall before, into and between batches. */
const LATEST_KILL_MILLIS = 2_500 + MESSAGES / 200;
const PARTITIONS = 6;
/** A busy machine takes its time with a JVM. */
const PATIENT = { timeoutMillis: 60_000 };

describeWithKafka('faults around a topic of a real broker', () => {
  let broker: KafkaBroker;
  beforeAll(async () => {
    broker = await KafkaBroker.start();
  }, 120_000);
  afterAll(() => broker?.remove());

  test(
    `runs over ${MESSAGES} messages that are killed ${KILLS} times lose none and repeat none (seed ${SEED})`,
    async () => {
      await withFolder(async (folder) => {
        await broker.createTopic('kills', PARTITIONS);
        const url = `kafka://${broker.address}/kills`;
        const messages = await timed('simulated into the topic', () => simulate(url));
        const digest = await digestOfTopic(broker, 'kills');
        expect(digest.messages).toBe(messages);
        const random = randomOf(SEED);
        let kills = 0;
        for (let n = 0; kills < KILLS; n += 1) {
          const lake = join(folder, `lake-${n}`);
          kills += await timed('consumed', () => runAndKill(url, lake, KILLS - kills, random));
          const audit = await timed('audited', () => vitals(['audit', '--lake', lake]));
          report(audit.stdout);
          expect(audit).toMatchObject({ code: 0 });
          expect(await digestOfBronze(lake)).toEqual(digest);
        }
      });
    },
    120_000 + KILLS * 30_000 + MESSAGES * 2,
  );

  test('a broker that is killed and started again under a run costs neither a message nor the run', async () => {
    await broker.createTopic('restarted', 2);
    const produce = (values: string[]) =>
      broker.withProducer((producer) =>
        producer.send({
          topic: 'restarted',
          acks: -1,
          messages: values.map((value, i) => ({ value, partition: i % 2 })),
        }),
      );
    const before = Array.from({ length: 500 }, (_, i) => `before ${i}`);
    const after = Array.from({ length: 500 }, (_, i) => `after ${i}`);
    await produce(before);
    const notices: string[] = [];
    const source = openTopic(broker, 'restarted', false, notices);
    const texts: string[] = [];
    const pullUntil = (count: number) =>
      waitFor(
        `${count} messages have arrived`,
        async () => {
          const pulled = await source.pull({ ...LIMITS, messages: 100 });
          texts.push(...textsOf(pulled.messages));
          return texts.length >= count;
        },
        PATIENT,
      );
    try {
      await source.resume(null);
      await pullUntil(200);
      await broker.kill();
      await waitFor('the outage is noticed', () => notices.some((line) => line.includes('does not answer')), PATIENT);
      await broker.restart();
      await produce(after);
      await pullUntil(1_000);
      await waitFor(
        'the end of the outage is noticed',
        () => notices.some((line) => line.includes('answers again')),
        PATIENT,
      );
    } finally {
      await source.close();
    }
    expect(texts).toHaveLength(1_000);
    expect(new Set(texts)).toEqual(new Set([...before, ...after]));
  }, 120_000);

  test('a broker that comes up after the run has begun is waited for', async () => {
    await broker.createTopic('patient', 1);
    await broker.withProducer((producer) => producer.send({ topic: 'patient', messages: [{ value: 'here' }] }));
    await broker.kill();
    const notices: string[] = [];
    const reading = readToEnd(openUrl(`kafka://${broker.address}/patient?connect_seconds=120`, true, notices));
    reading.catch(() => undefined);
    await waitFor('the absence is noticed', () => notices.some((line) => line.includes('does not answer')), PATIENT);
    await broker.restart();
    expect(textsOf((await reading).messages)).toEqual(['here']);
  }, 120_000);

  test('a broker that never answers is an error that names the flag, the address and what to do', async () => {
    await expect(readToEnd(openUrl('kafka://127.0.0.1:1/topic?connect_seconds=0.5', true))).rejects.toThrow(
      /^--source: kafka:\/\/127\.0\.0\.1:1\/topic: no broker has answered for 0\.5 s \(.*\)\. Start the broker/,
    );
  });
});

/** Simulates readings into a topic; how many messages that made. */
async function simulate(url: string): Promise<number> {
  const { code, stdout, stderr } = await vitals([
    ...['simulate', '--patients', String(PATIENTS), '--interval', '60', '--seed', 'kills', '--json', '--sink', url],
    ...['--from', '2026-11-20T00:00:00Z', '--duration', `${Math.ceil(MESSAGES / PATIENTS)}m`],
    ...['--late', '0.02', '--duplicate', '0.02', '--malformed', '0.01'],
  ]);
  if (code !== 0) throw new Error(`the simulator failed: ${stderr}`);
  const { messages } = JSON.parse(stdout) as { messages: number };
  report(`${messages} messages`);
  return messages;
}

/**
 * Drains a topic into a lake, killing and starting again up to so many times; how often it was killed. Every second kill may
 * fall into the start; the others wait until the run has frozen a batch of its own.
 */
async function runAndKill(url: string, lake: string, most: number, random: () => number): Promise<number> {
  const args = ['run', '--once', '--json', '--source', url, '--lake', lake, '--workers', '1'];
  // Small batches, so that there is something between two kills.
  if (MESSAGES < 100_000) args.push('--batch-messages', '1000');
  for (let kills = 0; ;) {
    const before = commitsOf(lake);
    const child = startVitals(args);
    child.stdin?.end();
    const end = finished(child);
    const moment = random() * LATEST_KILL_MILLIS;
    if (kills < most)
      await killAfter(child, end, kills % 2 === 0 ? () => true : () => commitsOf(lake) > before, moment);
    const { signal, code, stderr } = await end;
    if (signal !== 'SIGKILL') {
      if (code !== 0) throw new Error(`after ${kills} kills the run failed: ${stderr}`);
      report(`killed ${kills} times; ${stderr.trim().split('\n').at(-1)}`);
      return kills;
    }
    kills += 1;
    report(`kill ${kills}: bronze went from commit ${before} to ${commitsOf(lake)}`);
  }
}

/** Kills a process so many milliseconds after a condition has begun to hold, unless it ends before. */
async function killAfter(
  child: ChildProcess,
  end: Promise<unknown>,
  begun: () => boolean,
  moment: number,
): Promise<void> {
  let over = false;
  const ended = end.then(() => (over = true));
  await waitFor('the run has begun or ended', () => over || begun(), { timeoutMillis: 300_000 });
  const timer = setTimeout(() => child.kill('SIGKILL'), moment);
  await ended;
  clearTimeout(timer);
}

/** Commits in the log of bronze. */
function commitsOf(lake: string): number {
  const log = join(lake, 'bronze', 'patient_vitals', '_delta_log');
  return existsSync(log) ? readdirSync(log).filter((name) => /^\d+\.json$/.test(name)).length : 0;
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  report(`${what} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/** For whoever publishes the figures. */
function report(line: string): void {
  if (process.env['VITALS_KAFKA_REPORT']) process.stderr.write(`${line}\n`);
}
