import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../options.js';

interface DoctorArguments {
  readonly lake: string;
  readonly 'pseudonym-key-file': string | undefined;
  readonly json: boolean;
}

export const doctorCommand: CommandModule<object, DoctorArguments> = {
  command: 'doctor',
  describe: 'check this machine and configuration, with the mending command for each finding',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('pseudonym-key-file', { type: 'string', describe: 'file with the key that pseudonyms are made with' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object with all findings' })
      .example('$0 doctor', 'check the machine and the default lake')
      .example('$0 doctor --lake /srv/vitals --json', 'for a program') as never,
  handler: async (args) => {
    const { checkBeam, checkMemory, checkNativeParts, checkNode } = await import('../doctor/machine.js');
    const { checkLake, checkLakePlace } = await import('../doctor/lake.js');
    const { checkPseudonymKey } = await import('../doctor/pseudonym-key.js');
    const findings = [
      checkNode(process.version),
      checkMemory(),
      await checkBeam(),
      await checkNativeParts(),
      ...(await checkLakePlace(args.lake)),
      await checkLake(args.lake),
      await checkPseudonymKey(args['pseudonym-key-file']),
    ];
    const sound = findings.every((finding) => finding.level !== 'error');
    if (args.json) process.stdout.write(JSON.stringify({ ok: sound, findings }) + '\n');
    else for (const finding of findings) process.stdout.write(describe(finding) + '\n');
    if (!sound) process.exitCode = 1;
  },
};

function describe(finding: { check: string; level: string; detail: string; remedy: string | null }): string {
  const line = `${finding.level.padEnd(8)} ${finding.check.padEnd(14)} ${finding.detail}`;
  return finding.remedy === null ? line : `${line}\n${' '.repeat(24)}${finding.remedy}`;
}
