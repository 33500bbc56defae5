import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { ConfigurationError } from '../../schema/errors.js';
import { runLiveSimulation, type Clock } from '../../simulator/live.js';
import { planSimulation, type SimulationFlags, type SimulationPlan } from '../../simulator/plan.js';
import { runSimulation } from '../../simulator/run.js';
import { openLandingFolder } from '../../simulator/sinks/landing-folder.js';
import { openStandardOutput } from '../../simulator/sinks/standard-output.js';
import { FROM, HOUR, MINUTE, parsed } from './simulation.js';

const NEVER = new AbortController().signal;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function planOf(flags: SimulationFlags, name = 'landing'): SimulationPlan {
  return planSimulation({ patients: 30, interval: 30, sink: `file:${join(folder, name)}`, ...flags }, false);
}

function landed(name = 'landing'): { readonly names: string[]; readonly text: string } {
  const names = readdirSync(join(folder, name)).sort();
  return { names, text: names.map((each) => readFileSync(join(folder, name, each), 'latin1')).join('') };
}

/** A clock that a sleep turns; `at` is called after each. */
function fakeClock(at: (now: number) => void = () => undefined): Clock {
  let now = FROM;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
      at(now);
    },
  };
}

describe('a simulation between two times', () => {
  test('leaves whole .ndjson files in the landing folder, named in order of arrival, and nothing else', async () => {
    const summary = await runSimulation(planOf({}), FROM, FROM + HOUR, NEVER);
    const { names, text } = landed();
    expect(names[0]).toBe('readings-20261121T000000000Z-0000000.ndjson');
    expect(names.every((name, at) => name.endsWith(`-${String(at).padStart(7, '0')}.ndjson`))).toBe(true);
    expect(text.endsWith('\n')).toBe(true);
    expect(text.split('\n').length - 1).toBe(summary.messages);
    expect(summary).toMatchObject({
      patients: 30,
      readings: 30 * 120,
      files: names.length,
      bytes: text.length,
      complete: true,
    });
    expect(summary.messages).toBe(summary.readings - summary.lost + summary.duplicate);
    expect(readdirSync(folder)).toEqual(['landing']);
  });

  test('the same bytes come with other --file-seconds', async () => {
    await runSimulation(planOf({}, 'minutes'), FROM, FROM + HOUR, NEVER);
    await runSimulation(planOf({ fileSeconds: 613 }, 'other'), FROM, FROM + HOUR, NEVER);
    expect(landed('other').text).toBe(landed('minutes').text);
    expect(landed('other').names.length).toBeLessThan(landed('minutes').names.length / 5);
  });

  test('no file is there before it is whole', async () => {
    const seen = new Map<string, number>();
    const sizes = new Map<string, number>();
    await runSimulation(planOf({ fileSeconds: 120 }), FROM, FROM + HOUR, NEVER, () => {
      for (const name of landed().names) {
        const size = readFileSync(join(folder, 'landing', name)).length;
        if (!seen.has(name)) seen.set(name, size);
        sizes.set(name, size);
      }
    });
    expect(seen.size).toBeGreaterThan(20);
    expect(seen).toEqual(sizes);
    expect([...seen.keys()].filter((name) => !/^readings-\d{8}T\d{9}Z-\d{7}\.ndjson$/.test(name))).toEqual([]);
  });

  test('people and ground truth go to files of their own', async () => {
    const people = join(folder, 'people.ndjson');
    const labels = join(folder, 'truth', 'labels.ndjson');
    const summary = await runSimulation(planOf({ patientsOut: people, labels }), FROM, FROM + HOUR, NEVER);
    const rows = parsed<{ patient_id: string }>(readFileSync(people, 'utf8').trimEnd().split('\n'));
    expect(rows.map((row) => row.patient_id)).toEqual(
      Array.from({ length: 30 }, (_, at) => `P${String(at + 1).padStart(6, '0')}`),
    );
    const truth = parsed<{ type: string }>(readFileSync(labels, 'utf8').trimEnd().split('\n'));
    expect(truth.at(-1)).toMatchObject({ type: 'summary', readings: summary.readings, messages: summary.messages });
    expect(readdirSync(folder).sort()).toEqual(['landing', 'people.ndjson', 'truth']);
  });

  test('running it again into the same folder changes nothing, and another one is refused', async () => {
    await runSimulation(planOf({}), FROM, FROM + 10 * MINUTE, NEVER);
    const before = landed();
    await runSimulation(planOf({}), FROM, FROM + 10 * MINUTE, NEVER);
    expect(landed()).toEqual(before);
    await expect(runSimulation(planOf({ seed: 'other' }), FROM, FROM + 10 * MINUTE, NEVER)).rejects.toThrow(
      /--sink: readings-.* of another simulation/,
    );
    expect(landed()).toEqual(before);
    expect(readdirSync(folder)).toEqual(['landing']);
  });

  test('when it is stopped, whole lines in whole files remain', async () => {
    const controller = new AbortController();
    const summary = await runSimulation(planOf({}), FROM, FROM + HOUR, controller.signal, (_counts, time) => {
      if (time >= FROM + 20 * MINUTE) controller.abort();
    });
    const { text } = landed();
    expect(summary.complete).toBe(false);
    expect(text.length).toBe(summary.bytes);
    expect(text.split('\n').length - 1).toBe(summary.messages);
    expect(readdirSync(folder)).toEqual(['landing']);
  });

  test('an end that is not after the beginning is refused', async () => {
    await expect(runSimulation(planOf({}), FROM, FROM, NEVER)).rejects.toThrow(/^--to: .* is not after --from/);
  });

  test.each<[string, (file: string) => SimulationFlags]>([
    ['--sink', (file) => ({ sink: `file:${file}` })],
    ['--sink', (file) => ({ sink: `file:${join(file, 'below')}` })],
    ['--patients-out', (file) => ({ patientsOut: join(file, 'people.ndjson') })],
    ['--labels', (file) => ({ labels: join(file, 'labels.ndjson') })],
  ])('a %s that cannot be written is refused by its name', async (flag, flagsOf) => {
    const file = join(folder, 'a-file');
    writeFileSync(file, 'in the way');
    const failure = await runSimulation(planOf(flagsOf(file)), FROM, FROM + HOUR, NEVER).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect((failure as ConfigurationError).subject).toBe(flag);
  });
});

describe('a live simulation', () => {
  const plan = (): SimulationPlan =>
    planSimulation({ patients: 40, interval: 1, sink: `file:${join(folder, 'landing')}`, late: 0.2 }, true);

  test('takes its time from the clock, and every second a file appears', async () => {
    const counts: number[] = [];
    const clock = fakeClock(() => counts.push(landed().names.length));
    const summary = await runLiveSimulation(plan(), NEVER, 10_000, undefined, clock);
    expect(counts).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(summary).toMatchObject({ from: '2026-11-21T00:00:00.000Z', readings: 400, complete: true });
  });

  test('gives what the same time would give as fast as possible, but for when the late arrive', async () => {
    await runLiveSimulation(plan(), NEVER, 10_000, undefined, fakeClock());
    await runSimulation({ ...plan(), sink: `file:${join(folder, 'bounded')}` }, FROM, FROM + 10_000, NEVER);
    expect(landed().text.split('\n').sort()).toEqual(landed('bounded').text.split('\n').sort());
  });

  test('ends when it is told to, and delivers what is on its way', async () => {
    const controller = new AbortController();
    const clock = fakeClock((now) => {
      if (now >= FROM + 5000) controller.abort();
    });
    const summary = await runLiveSimulation(plan(), controller.signal, undefined, undefined, clock);
    expect(summary).toMatchObject({ readings: 160, to: null, complete: true });
    expect(summary.late).toBeGreaterThan(10);
    expect(summary.messages).toBe(summary.readings - summary.lost + summary.duplicate);
    expect(landed().text.split('\n').length - 1).toBe(summary.messages);
    expect(readdirSync(folder)).toEqual(['landing']);
  });

  test('after a stall it catches up, second by second', async () => {
    let now = FROM;
    const clock: Clock = {
      now: () => now,
      sleep: async (milliseconds) => {
        now += now < FROM + 3000 ? milliseconds : milliseconds + 5000;
      },
    };
    const summary = await runLiveSimulation(plan(), NEVER, 15_000, undefined, clock);
    expect(summary.readings).toBe(600);
    expect(landed().names.length).toBeGreaterThanOrEqual(15);
  });
});

describe('sinks', () => {
  test('an empty landing folder leaves nothing behind', async () => {
    const sink = await openLandingFolder(join(folder, 'deep', 'landing'));
    await sink.endFile();
    await sink.close();
    expect(readdirSync(join(folder, 'deep'))).toEqual(['landing']);
    expect(landed('deep/landing').names).toEqual([]);
  });

  test('standard output gets every byte, and a reader that goes away ends it without an error', async () => {
    const received: Buffer[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        if (received.length === 2) return done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
        received.push(chunk);
        done();
      },
    });
    const sink = openStandardOutput(stream);
    for (const line of ['one\n', 'two\n']) await sink.write(Buffer.from(line), FROM);
    expect(Buffer.concat(received).toString()).toBe('one\ntwo\n');
    expect(sink.ended).toBe(false);
    await sink.write(Buffer.from('three\n'), FROM);
    expect(sink.ended).toBe(true);
    await sink.write(Buffer.from('four\n'), FROM);
    expect(received).toHaveLength(2);
  });

  test('any other failure of standard output is an error', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('disk full'), { code: 'ENOSPC' })),
    });
    await expect(openStandardOutput(stream).write(Buffer.from('one\n'), FROM)).rejects.toThrow('disk full');
  });
});
