import type { CommandModule } from 'yargs';
import type { CalibrateRequest } from '../../calibration/run-calibrate.js';

interface CalibrateArguments extends Omit<CalibrateRequest, 'folder'> {
  readonly model: string;
}

export const calibrateCommand: CommandModule<object, CalibrateArguments> = {
  command: 'calibrate <model>',
  describe: 'set thresholds for a chosen rate of false alarms per patient-day, ward by ward',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', describe: 'model folder' })
      .demandOption('model')
      .option('lake', { type: 'string', describe: 'find them on the quiet patient-days of this lake' })
      .option('from', { type: 'string', describe: 'readings at this time or later (ISO 8601)' })
      .option('to', { type: 'string', describe: 'readings before this time' })
      .option('simulate', { type: 'number', describe: 'find them on so many simulated patients who stay well' })
      .option('days', { type: 'number', default: 7, describe: 'for so many simulated days' })
      .option('seed', { type: 'string', default: 'calibration', describe: 'any text: another one, other patients' })
      .option('false-alarms', { type: 'number', default: 0.5, describe: 'alarms per patient-day of quiet' })
      .option('persistence', {
        type: 'string',
        default: '3/5',
        describe: 'k of n minutes are an alarm: K/N or K/N/REARM',
      })
      .option('by', {
        choices: ['ward', 'hospital'] as const,
        default: 'ward' as const,
        describe: 'what gets a threshold',
      })
      .option('unit-type', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: 'TYPE=WARD,WARD: wards that stand in for each other where one has too few days',
      })
      .option('check', { type: 'number', default: 0, describe: 'measure on so many other simulated patients' })
      .option('out', { type: 'string', describe: 'folder of the calibrated model, which has another id' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .example('$0 model calibrate model --lake .vitals/lake --out calibrated', 'half an alarm per patient-day')
      .example('$0 model calibrate model --simulate 100 --check 100 --out calibrated', 'and what it gives on others')
      .example('$0 model calibrate model --simulate 300 --false-alarms 0.1 --json | jq .calibration', 'for a program')
      .epilogue('An alarm is 3 of 5 minutes at or above the threshold, as in gold.anomaly_alarms.') as never,
  handler: async ({ model, ...rest }) => {
    const { runCalibrate } = await import('../../calibration/run-calibrate.js');
    await runCalibrate({ ...rest, folder: model });
  },
};
