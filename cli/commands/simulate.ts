import type { CommandModule } from 'yargs';

import { ConfigurationError } from '../../schema/errors.js';
import { planSimulation, SIMULATION_DEFAULTS, type SimulationFlags } from '../../simulator/plan.js';
import type { Progress, SimulationSummary } from '../../simulator/run.js';
import { parseDuration, parseTime } from '../../simulator/times.js';
import { stopSignal } from '../stop-signal.js';

interface Args extends SimulationFlags {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly duration?: string | undefined;
  readonly json: boolean;
}

const DEFAULTS = SIMULATION_DEFAULTS;

/** `vitals simulate`: synthetic patients and their readings, live or between two times. */
export const simulateCommand: CommandModule<object, Args> = {
  command: 'simulate',
  describe: 'Simulate a hospital: synthetic patients whose monitors send readings',
  builder: (yargs) =>
    yargs
      .option('patients', { type: 'number', default: DEFAULTS.patients, describe: 'How many patients' })
      .option('interval', {
        type: 'number',
        default: DEFAULTS.interval,
        describe: 'Seconds between two readings of a patient',
      })
      .option('seed', { type: 'string', default: DEFAULTS.seed, describe: 'Same seed, same people and readings' })
      .option('from', { type: 'string', describe: 'First event time (ISO 8601): as fast as possible, not live' })
      .option('to', { type: 'string', describe: 'Event time to end before (ISO 8601)' })
      .option('duration', { type: 'string', describe: 'How long, e.g. 90s, 15m, 2h; live without it until Ctrl-C' })
      // One value, always: yargs takes a lone dash for an argument of its own.
      .option('sink', {
        type: 'string',
        nargs: 1,
        default: DEFAULTS.sink,
        describe:
          'file:DIR, kafka://HOST/TOPIC, pubsub:projects/P/topics/T, mllp://HOST:PORT, or - for standard output',
      })
      .option('file-seconds', { type: 'number', describe: 'Seconds of arrivals in a file (1 live, else 60)' })
      .option('patients-out', { type: 'string', describe: 'Write the people to this file (NDJSON)' })
      .option('labels', { type: 'string', describe: 'Write the ground truth to this file (NDJSON)' })
      .option('late', {
        type: 'number',
        default: DEFAULTS.late,
        describe: 'Chance that a message is 30 s to 10 min late',
      })
      .option('duplicate', {
        type: 'number',
        default: DEFAULTS.duplicate,
        describe: 'Chance that a message arrives twice',
      })
      .option('malformed', { type: 'number', default: DEFAULTS.malformed, describe: 'Chance that a message is spoilt' })
      .option('lost', { type: 'number', default: DEFAULTS.lost, describe: 'Chance that a message never arrives' })
      .option('scenario', { type: 'string', describe: 'A kind of episode for a share of the patients, or none' })
      .option('scenario-share', {
        type: 'number',
        default: DEFAULTS.scenarioShare,
        describe: 'Share of the patients who get --scenario',
      })
      .option('dialect', {
        type: 'string',
        default: DEFAULTS.dialect,
        describe: 'What the monitors speak: json, fhir, hl7v2, er, wearable, or shares such as fhir:0.3,json:0.7',
      })
      .option('turnover', {
        type: 'number',
        default: DEFAULTS.turnover,
        describe: 'How fast patients come, move and leave: 1 as in a real hospital, 0 never',
      })
      .option('synthea', { type: 'string', describe: 'Folder of a Synthea CSV export that the people come from' })
      .option('json', { type: 'boolean', default: false, describe: 'Print the final summary as JSON' })
      .example('$0 simulate --patients 10 --duration 5s', 'Ten patients for five seconds, on standard output')
      .example('$0 simulate --sink file:landing --patients-out patients.ndjson', 'A live hospital until Ctrl-C')
      .example(
        '$0 simulate --from 2026-11-21T00:00:00Z --to 2026-11-22T00:00:00Z --interval 60 --sink file:day --labels truth.ndjson',
        'A day of a reading a minute, with the ground truth',
      )
      .example('$0 simulate --dialect hl7v2 --patients 5 --duration 3s | tr "\\r" "\\n"', 'HL7 v2 messages to look at')
      .example('$0 simulate --turnover 1 --patients-out stays.ndjson --sink file:landing', 'Patients come and go')
      .example('$0 simulate --scenario sepsis --scenario-share 0.5 --duration 1h --sink file:landing', 'Much sepsis'),
  handler: simulate,
};

async function simulate(args: Args): Promise<void> {
  const live = args.from === undefined;
  if (live && args.to !== undefined) {
    throw new ConfigurationError('--to', 'needs --from', 'Give both, or --duration to simulate live.');
  }
  const plan = planSimulation(args, live);
  const duration = args.duration === undefined ? undefined : parseDuration('--duration', args.duration);
  const period = live ? null : boundedPeriod(args, duration);
  const started = performance.now();
  const signal = stopSignal();
  const report = progressLine(started);
  const summary =
    period === null
      ? await (await import('../../simulator/live.js')).runLiveSimulation(plan, signal, duration, report)
      : await (await import('../../simulator/run.js')).runSimulation(plan, period.from, period.to, signal, report);
  printSummary(summary, (performance.now() - started) / 1000, args);
  if (!live && !summary.complete && plan.sink !== '-') process.exitCode = 1;
}

function boundedPeriod(args: Args, duration: number | undefined): { from: number; to: number } {
  const from = parseTime('--from', args.from as string);
  if (args.to !== undefined && duration !== undefined) {
    throw new ConfigurationError('--duration', 'says again what --to says', 'Give one of them.');
  }
  if (args.to !== undefined) return { from, to: parseTime('--to', args.to) };
  if (duration !== undefined) return { from, to: from + duration };
  throw new ConfigurationError('--from', 'needs an end', 'Add --to or --duration.');
}

const PROGRESS_EVERY_MS = { terminal: 500, other: 10_000 };

function progressLine(started: number): Progress {
  const terminal = process.stderr.isTTY;
  const every = terminal ? PROGRESS_EVERY_MS.terminal : PROGRESS_EVERY_MS.other;
  let last = started;
  return (counts, time) => {
    const now = performance.now();
    if (now - last < every) return;
    last = now;
    const rate = Math.round((counts.readings * 1000) / (now - started));
    const line = `${thousands(counts.readings)} readings, ${thousands(rate)}/s, at ${new Date(time).toISOString()}`;
    process.stderr.write(terminal ? `\r${line}\x1b[K` : `${line}\n`);
  };
}

function printSummary(summary: SimulationSummary, seconds: number, args: Args): void {
  const rate = Math.round(summary.readings / Math.max(seconds, 1e-3));
  const { readings, messages, late, duplicate, malformed, lost, files } = summary;
  const clear = process.stderr.isTTY ? '\r\x1b[K' : '';
  process.stderr.write(
    `${clear}${summary.complete ? 'Simulated' : 'Stopped early:'} ${thousands(readings)} readings of ${thousands(summary.patients)} patients ` +
      `in ${seconds.toFixed(1)} s (${thousands(rate)}/s): ${thousands(messages)} messages in ${thousands(files)} files; ` +
      `${late} late, ${duplicate} twice, ${malformed} malformed, ${lost} lost; ${summary.episodes} episodes${movements(summary)}\n`,
  );
  if (!args.json || args.sink === '-') return;
  const full = { ...summary, seconds: Math.round(seconds * 1000) / 1000, readings_per_second: rate };
  process.stdout.write(`${JSON.stringify(full)}\n`);
}

function movements({ admissions, transfers, discharges }: SimulationSummary): string {
  if (admissions + transfers + discharges === 0) return '';
  return `; ${admissions} admitted, ${transfers} moved, ${discharges} discharged`;
}

function thousands(value: number): string {
  return value.toLocaleString('en-US');
}
