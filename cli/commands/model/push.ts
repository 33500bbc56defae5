import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../../schema/errors.js';

interface PushArguments {
  readonly dir: string;
  readonly to: string;
  readonly experiment: string;
  readonly name: string | undefined;
  readonly alias: string | undefined;
  readonly report: string | undefined;
  readonly json: boolean;
}

export const pushCommand: CommandModule<object, PushArguments> = {
  command: 'push <dir>',
  describe:
    'push a model to an MLflow server: a run, its artefacts and a registered version that Python can score with',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'model folder' })
      .option('to', { type: 'string', demandOption: true, describe: 'mlflow:http://HOST:PORT' })
      .option('experiment', { type: 'string', default: 'vitals-lakehouse', describe: 'made where there is none' })
      .option('name', { type: 'string', describe: 'registered model (vitals-forest for a forest)' })
      .option('alias', { type: 'string', describe: 'point this alias at the version, e.g. champion' })
      .option('report', { type: 'string', describe: 'an evaluation report to keep with the run' })
      .option('json', { type: 'boolean', default: false, describe: 'print what was pushed as one JSON object' })
      .epilogue(
        'To push again changes nothing, and goes on where a broken push ended. Who asks: MLFLOW_TRACKING_USERNAME and ' +
          'MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, in the environment.',
      )
      .example(
        '$0 model push model --to mlflow:http://127.0.0.1:5000 --alias champion',
        'then models:/vitals-forest@champion',
      )
      .example(
        '$0 model push model --to mlflow:http://127.0.0.1:5000 --report evaluation.html --json | jq .version',
        'for a program',
      ) as never,
  handler: async (args) => {
    const { parseMlflowEndpoint } = await import('../../mlflow/endpoint.js');
    const { MlflowRest } = await import('../../mlflow/rest.js');
    const { pushModel } = await import('../../mlflow/push-model.js');
    const { readPushable } = await import('../../mlflow/read-pushable.js');
    const rest = new MlflowRest(parseMlflowEndpoint(args.to, process.env));
    const { document, files } = readPushable(args.dir);
    const names = { experiment: checked(args.experiment, '--experiment'), alias: args.alias ?? null };
    const name = checked(args.name ?? `vitals-${document.kind}`, '--name');
    const pushed = await pushModel(
      rest,
      { document, files, reports: readReport(args.report), ...names, name },
      Date.now,
    );
    const what = pushed.created.length > 0 ? `new: ${pushed.created.join(', ')}` : 'all of it was there';
    process.stderr.write(
      `${document.id} is version ${pushed.version} of ${name}; ${what}; ${pushed.uploaded.length} artefacts uploaded\n`,
    );
    process.stdout.write(
      args.json ? `${JSON.stringify({ model_id: document.id, ...pushed })}\n` : `${pushed.run_url}\n`,
    );
  },
};

/** Names stand in MLflow's filters between quotes, and in models:/NAME/VERSION between slashes. */
function checked(name: string, flag: string): string {
  if (/^[^'"`/:\\]+$/.test(name)) return name;
  throw new ConfigurationError(flag, `'${name}' has a character that MLflow's names cannot have`, 'Use letters and -.');
}

function readReport(path: string | undefined): ReadonlyMap<string, Uint8Array> {
  if (path === undefined) return new Map();
  try {
    return new Map([[basename(path), readFileSync(path)]]);
  } catch (error) {
    const problem = `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`;
    throw new ConfigurationError('--report', problem, 'Name the file that vitals model evaluate wrote.');
  }
}
