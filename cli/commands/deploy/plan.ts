import type { CommandModule } from 'yargs';
import type { DeployedNames } from '../../deploy/outputs.js';
import { ENVIRONMENT_DEFAULTS, ENVIRONMENTS, LOADED } from '../../deploy/workload.js';
import type { DeployEngine, Environment, Loaded, Workload } from '../../deploy/workload.js';

/** Flags of `vitals deploy plan`; what is undefined is as the environment has it. */
export interface PlanArguments {
  readonly project: string | undefined;
  readonly region: string | undefined;
  readonly patients: number;
  readonly interval: number;
  readonly engine: DeployEngine | undefined;
  readonly environment: Environment | undefined;
  readonly cpus: number | undefined;
  readonly 'batch-seconds': number | undefined;
  readonly 'publish-batch': number | undefined;
  readonly 'topic-retention-days': number | undefined;
  readonly 'after-days': number | undefined;
  readonly 'nearline-days': number | undefined;
  readonly 'coldline-days': number | undefined;
  readonly 'noncurrent-days': number | undefined;
  readonly 'soft-delete-days': number | undefined;
  readonly 'report-minutes': number | undefined;
  readonly load: Loaded | undefined;
  readonly prices: string | undefined;
  readonly outputs: string | undefined;
  readonly json: boolean;
}

/** GiB of memory for each processor, as terraform/modules/environment has it; the least is 4. */
const GIB_PER_CPU = 4;

export const planCommand: CommandModule<object, PlanArguments> = {
  command: 'plan',
  describe: 'what would be made, what it costs a month, and the commands in order; no network, no credentials',
  builder: (yargs) =>
    yargs
      .option('project', { type: 'string', describe: 'id of the Google Cloud project; from --outputs without it' })
      .option('region', { type: 'string', describe: 'region, such as europe-west4; from --outputs without it' })
      .option('patients', { type: 'number', default: 500, describe: 'patients that are measured at the same time' })
      .option('interval', { type: 'number', default: 1, describe: 'seconds between two readings of a patient' })
      .option('engine', { choices: ['direct', 'dataflow'] as const, describe: 'what runs the graph (direct)' })
      .option('environment', { choices: ENVIRONMENTS, describe: 'folder of terraform/envs (prod)' })
      .option('cpus', setting('processors of the process that writes the lake (1 in dev, 4 in prod)'))
      .option('batch-seconds', setting('seconds between batches (1)'))
      .option('publish-batch', setting('messages in a request to publish (1, which keeps the order of each patient)'))
      .option('topic-retention-days', setting('days that the topic keeps messages for replay (1, 31)'))
      .option('after-days', setting('days of data that have piled up (365)'))
      .option('nearline-days', setting('age at which bronze becomes Nearline (never, 30)'))
      .option('coldline-days', setting('age at which bronze becomes Coldline (never, 120)'))
      .option('noncurrent-days', setting('days that the bucket keeps old versions (1, 14)'))
      .option('soft-delete-days', setting('days of soft delete after that (0, 7)'))
      .option('report-minutes', setting('minutes between two refreshes of the report (60, 15)'))
      .option('load', { choices: LOADED, describe: 'what BigQuery gets, and all above it (gold)' })
      .option('prices', { type: 'string', describe: 'JSON file with prices that replace the list' })
      .option('outputs', { type: 'string', describe: 'file that terraform output -json has written' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object with everything' })
      .example(
        '$0 deploy plan --project my-hospital --region europe-west4 --patients 500',
        '500 beds at a reading a second',
      )
      .example('$0 deploy plan --outputs vitals.outputs.json --engine dataflow --patients 2800', 'the same on Dataflow')
      .example('$0 deploy plan --project P --region R --json | jq .bill.parts', 'for a program') as never,
  handler: async (args) => {
    const { planDeployment } = await import('../../deploy/plan.js');
    const { readOutputs } = await import('../../deploy/outputs.js');
    const { readPrices } = await import('../../deploy/read-prices.js');
    const { renderPlan } = await import('../../deploy/render.js');
    const { targetOf } = await import('../../deploy/target.js');
    const names = await readOutputs(args.outputs);
    const plan = planDeployment(targetOf(args, names), workloadOf(args, names), await readPrices(args.prices), names);
    process.stdout.write(args.json ? JSON.stringify(plan) + '\n' : renderPlan(plan));
  },
};

function setting(describe: string) {
  return { type: 'number', describe } as const;
}

/** The workload that the flags describe; what neither flags nor outputs say is as the environment has it. */
export function workloadOf(args: PlanArguments, names: DeployedNames): Workload {
  const environment = args.environment ?? ENVIRONMENTS.find((known) => known === names.environment) ?? 'prod';
  const has = ENVIRONMENT_DEFAULTS[environment];
  return {
    ...has,
    patients: args.patients,
    intervalSeconds: args.interval,
    engine: args.engine ?? (names.engine === 'dataflow' ? 'dataflow' : 'direct'),
    environment,
    cpus: args.cpus ?? has.cpus,
    memoryGib: args.cpus === undefined ? has.memoryGib : GIB_PER_CPU * args.cpus,
    batchSeconds: args['batch-seconds'] ?? has.batchSeconds,
    publishBatch: args['publish-batch'] ?? has.publishBatch,
    topicRetentionDays: args['topic-retention-days'] ?? has.topicRetentionDays,
    afterDays: args['after-days'] ?? has.afterDays,
    nearlineDays: args['nearline-days'] ?? has.nearlineDays,
    coldlineDays: args['coldline-days'] ?? has.coldlineDays,
    noncurrentDays: args['noncurrent-days'] ?? has.noncurrentDays,
    softDeleteDays: args['soft-delete-days'] ?? has.softDeleteDays,
    reportMinutes: args['report-minutes'] ?? has.reportMinutes,
    loaded: args.load ?? has.loaded,
  };
}
