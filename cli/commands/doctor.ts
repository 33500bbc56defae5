import type { CommandModule } from 'yargs';
import { ROLES, type Role } from '../doctor/cloud-setting.js';
import type { Finding } from '../doctor/finding.js';
import { LAKE_OPTION } from '../options.js';

interface DoctorArguments extends CloudDoctorFlags {
  readonly lake: string;
  readonly 'pseudonym-key-file': string | undefined;
  readonly cloud: boolean;
  readonly json: boolean;
}

/** Flags of `--cloud`. */
interface CloudDoctorFlags {
  readonly project: string | undefined;
  readonly region: string | undefined;
  readonly outputs: string | undefined;
  readonly role: Role;
  readonly engine: 'direct' | 'dataflow' | undefined;
  readonly 'worker-image': string | undefined;
  readonly patients: number;
  readonly interval: number;
  readonly 'cloud-endpoint': string | undefined;
}

const CLOUD = 'Google Cloud:';

export const doctorCommand: CommandModule<object, DoctorArguments> = {
  command: 'doctor',
  describe: 'check this machine and configuration, with the mending command for each finding',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('pseudonym-key-file', { type: 'string', describe: 'file with the key that pseudonyms are made with' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object with all findings' })
      .option('cloud', {
        type: 'boolean',
        default: false,
        describe: 'check a deployment on Google Cloud instead: permissions, quotas, settings; changes nothing',
      })
      .option('project', { group: CLOUD, type: 'string', describe: 'id of the project; from --outputs without it' })
      .option('region', { group: CLOUD, type: 'string', describe: 'its region; from --outputs without it' })
      .option('outputs', {
        group: CLOUD,
        type: 'string',
        describe: 'file that terraform output -json has written; without it only what can be known before is checked',
      })
      .option('role', {
        group: CLOUD,
        choices: ROLES,
        default: 'deployer',
        describe: 'whose permissions the credentials in use must have',
      })
      .option('engine', { group: CLOUD, choices: ['direct', 'dataflow'], describe: 'what runs the graph (direct)' })
      .option('worker-image', {
        group: CLOUD,
        type: 'string',
        describe: 'image of the workers by digest: is it there?',
      })
      .option('patients', { group: CLOUD, type: 'number', default: 500, describe: 'patients that quotas must carry' })
      .option('interval', {
        group: CLOUD,
        type: 'number',
        default: 1,
        describe: 'seconds between two readings of a patient',
      })
      .option('cloud-endpoint', {
        type: 'string',
        hidden: true,
        describe: 'a stand-in for all APIs; gets no credentials',
      })
      .implies('outputs', 'cloud')
      .example('$0 doctor', 'check the machine and the default lake')
      .example('$0 doctor --lake /srv/vitals --json', 'for a program')
      .example('$0 doctor --cloud --project P --region europe-west4', 'before a deployment')
      .example('$0 doctor --cloud --outputs vitals.outputs.json', 'after it') as never,
  handler: async (args) => {
    const findings = args.cloud ? await cloudFindings(args) : await machineFindings(args);
    const sound = findings.every((finding) => finding.level !== 'error');
    if (args.json) process.stdout.write(JSON.stringify({ ok: sound, findings }) + '\n');
    else for (const finding of findings) process.stdout.write(describe(finding) + '\n');
    if (!sound) process.exitCode = 1;
  },
};

async function machineFindings(args: DoctorArguments): Promise<readonly Finding[]> {
  const { checkBeam, checkMemory, checkNativeParts, checkNode } = await import('../doctor/machine.js');
  const { checkLake, checkLakePlace } = await import('../doctor/lake.js');
  const { checkPages, checkPrograms } = await import('../doctor/optional.js');
  const { checkPseudonymKey } = await import('../doctor/pseudonym-key.js');
  return [
    checkNode(process.version),
    checkMemory(),
    await checkBeam(),
    await checkNativeParts(),
    checkPages(),
    ...(await checkLakePlace(args.lake)),
    await checkLake(args.lake),
    await checkPseudonymKey(args['pseudonym-key-file']),
    ...checkPrograms(process.env['PATH'] ?? ''),
  ];
}

async function cloudFindings(args: DoctorArguments): Promise<readonly Finding[]> {
  const { doctorCloud } = await import('../doctor/cloud-command.js');
  return doctorCloud({ ...args, endpoint: args['cloud-endpoint'] ?? null, workerImage: args['worker-image'] });
}

function describe(finding: Finding): string {
  const line = `${finding.level.padEnd(8)} ${finding.check.padEnd(14)} ${finding.detail}`;
  return finding.remedy === null ? line : `${line}\n${' '.repeat(24)}${finding.remedy}`;
}
