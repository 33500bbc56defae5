import type { CommandModule } from 'yargs';

import { ConfigurationError } from '../../../schema/errors.js';
import type { RealismModel } from '../../../simulator/realism/realism.js';

interface RealismArguments {
  readonly patients: number;
  readonly seed: string;
  readonly model: RealismModel;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Fewer say nothing about a percentile; more do not fit into memory (0.1 MB each). */
const PATIENTS = { least: 20, most: 10_000 } as const;

/** `vitals simulator realism`: every published target beside what the simulator does. */
export const realismCommand: CommandModule<object, RealismArguments> = {
  command: 'realism',
  describe: 'compare simulated patients with published figures; exit code 1 when a target is missed',
  builder: (yargs) =>
    yargs
      .option('patients', { type: 'number', default: 500, describe: 'patients of each profile, for 48 hours' })
      .option('seed', { type: 'string', default: '42', describe: 'same seed, same report' })
      .option('model', {
        choices: ['coupled', 'independent'],
        default: 'coupled',
        describe: 'the simulator, or independent draws with its means and SDs, which must fail',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .option('out', { type: 'string', nargs: 1, describe: 'write report.md, report.json and plots into this folder' })
      .example('$0 simulator realism --seed 7', 'a line for each target')
      .example('$0 simulator realism --out realism', 'with plots')
      .example('$0 simulator realism --model independent', 'what a simulator without physiology would get') as never,
  handler: async ({ patients, seed, model, json, out }) => {
    if (!Number.isInteger(patients) || patients < PATIENTS.least || patients > PATIENTS.most) {
      const remedy = `Use a whole number from ${PATIENTS.least} to ${PATIENTS.most}; the bands are made for 500.`;
      throw new ConfigurationError('--patients', `${patients} is out of range`, remedy);
    }
    const { realism } = await import('../../../simulator/realism/realism.js');
    const { reportJson } = await import('../../../simulator/realism/report-json.js');
    const { reportLines } = await import('../../../simulator/realism/table-text.js');
    const report = realism({ patients, seed, model });
    if (out !== undefined) {
      const { writeReport } = await import('../../../simulator/realism/write-report.js');
      const files = await writeReport(out, report);
      process.stderr.write(`vitals: ${files.join(', ')} in ${out}\n`);
    }
    process.stdout.write(json ? `${JSON.stringify(reportJson(report))}\n` : `${reportLines(report).join('\n')}\n`);
    if (!report.ok) process.exitCode = 1;
  },
};
