import { MOST_ALARMS_A_DAY } from '../../model/calibration/conformal.js';
import { ConfigurationError } from '../../schema/errors.js';
import { readModelFolder } from '../model-files.js';
import { scenarioMarkdown } from './report-markdown.js';
import { evaluateScenarios, type ScenarioOptions } from './scenarios.js';
import { writeScenarioReport } from './write-report.js';

/** What `vitals model evaluate --scenarios` is asked. */
export interface ScenarioRequest extends ScenarioOptions {
  /** Model folders. */
  readonly models: readonly string[];
  /** Folder of the report; without it the report is printed. */
  readonly out: string | undefined;
  readonly json: boolean;
}

/** Evaluates models on simulated scenarios, and writes or prints the report. @throws ConfigurationError for what is wrong */
export async function runScenarios(request: ScenarioRequest): Promise<void> {
  const { models, out, json, ...options } = request;
  requireCounts(options);
  const started = performance.now();
  const report = evaluateScenarios(models.map(readModelFolder), options, (text) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(0).padStart(4);
    process.stderr.write(`${seconds} s  ${text}\n`);
  });
  if (out !== undefined) {
    await writeScenarioReport(out, report);
    process.stderr.write(`vitals: the report is ${out}/report.md\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else if (out === undefined) process.stdout.write(scenarioMarkdown(report));
}

function requireCounts({ patients, days, quietPatients, quietDays, falseAlarms }: ScenarioOptions): void {
  for (const [flag, value] of [
    ['--patients', patients],
    ['--days', days],
    ['--quiet-patients', quietPatients],
    ['--quiet-days', quietDays],
  ] as const) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new ConfigurationError(flag, `${value} is not a whole number of at least 1`, 'Give a whole number.');
  }
  if (!(falseAlarms > 0)) {
    throw new ConfigurationError('--false-alarms', `${falseAlarms} is not above 0`, 'Give a rate such as 0.5.');
  }
  const least = Math.ceil(MOST_ALARMS_A_DAY / falseAlarms - 1);
  if (quietPatients * quietDays >= least) return;
  const problem = `${falseAlarms} a day cannot be calibrated on ${quietPatients * quietDays} patient-days`;
  const remedy = `Simulate at least ${least}, with --quiet-patients and --quiet-days.`;
  throw new ConfigurationError('--false-alarms', problem, remedy);
}
