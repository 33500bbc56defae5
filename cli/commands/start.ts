import type { CommandModule } from 'yargs';
import { withRunFlags, type RunFlags } from '../run-flags.js';

interface StartArguments extends Omit<RunFlags, 'patients'> {
  readonly patients: number;
  readonly interval: number;
  readonly seed: string;
  readonly duration: string | undefined;
  readonly dialect: string;
  readonly port: number;
}

export const startCommand: CommandModule<object, StartArguments> = {
  command: 'start',
  describe: 'a hospital in one command: simulator, pipeline, lake and dashboard, until Ctrl-C',
  builder: (yargs) =>
    withRunFlags(yargs)
      .option('patients', { type: 'number', default: 2800, describe: 'simulated patients' })
      .option('interval', { type: 'number', default: 1, describe: 'seconds between two readings of a patient' })
      .option('seed', { type: 'string', default: '42', describe: 'same seed, same people and course' })
      .option('duration', { type: 'string', describe: 'how long, such as 90s or 15m; without it until Ctrl-C' })
      .option('dialect', {
        type: 'string',
        default: 'json',
        describe: 'what the monitors speak: json, fhir, hl7v2, er, wearable, or shares such as fhir:0.3,json:0.7',
      })
      .option('port', {
        type: 'number',
        default: 8080,
        describe: 'loopback port of the dashboard, /status and /metrics; 0 for any',
      })
      .example('$0 start', '2,800 patients at one reading a second')
      .example('$0 start --patients 200 --duration 1m --lake /tmp/lake', 'a small hospital for a minute')
      .example('$0 start --port 0 --json', 'any free port; the final state as JSON') as never,
  handler: async (args) => {
    const { startHospital } = await import('../start/hospital.js');
    const status = await startHospital(args);
    if (args.json) process.stdout.write(JSON.stringify(status) + '\n');
  },
};
