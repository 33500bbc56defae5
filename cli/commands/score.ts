import type { CommandModule } from 'yargs';

interface Args {
  readonly file: string;
  /** A folder; false with --no-model. */
  readonly model?: string | boolean | undefined;
  readonly patients?: string | undefined;
  readonly dialect?: string | undefined;
  readonly timezone?: string | undefined;
  readonly rejects?: string | undefined;
  readonly json: boolean;
}

/** `vitals score`: decode and cleanse a file, and score each reading on its own, without a lake. */
export const scoreCommand: CommandModule<object, Args> = {
  command: 'score <file>',
  describe: 'decode, cleanse and score a file: readings with every score as NDJSON on standard output',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe:
          'NDJSON, or CSV by its name (.csv, rows without patient and time are numbered); .gz; - is standard input',
      })
      .option('model', { type: 'string', describe: 'model folder, or --no-model to leave the anomaly out' })
      .option('patients', { type: 'string', describe: 'NDJSON file of people and stays to enrich from' })
      .option('dialect', { choices: ['json', 'csv'], describe: 'what the messages are; else name and content decide' })
      .option('timezone', { type: 'string', describe: 'zone of times that name none, e.g. Europe/Dublin or +01:00' })
      .option('rejects', { type: 'string', describe: 'write what was refused to this file (NDJSON)' })
      .option('json', { type: 'boolean', default: false, describe: 'print the summary (standard error) as JSON' })
      .example('$0 score readings.ndjson --no-model', 'NEWS2, qSOFA, SIRS, MEWS and categories of each reading')
      .example(
        '$0 score ward.csv --model model --patients patients.ndjson',
        'with the anomaly score and its explanation',
      )
      .example('$0 score - --no-model < readings.ndjson | jq .news2', 'from a pipe') as never,
  handler: scoreHandler,
};

async function scoreHandler(args: Args): Promise<void> {
  const [{ decodeFile }, { toFile, toStream }, { timezoneOf }, { modelOf, patientsOf }, { scoreLine }] =
    await Promise.all([
      import('../decode/decode-file.js'),
      import('../decode/output.js'),
      import('../../transforms/decode/index.js'),
      import('../score/score-inputs.js'),
      import('../score/score-line.js'),
    ]);
  const timezone = args.timezone ?? null;
  if (timezone !== null) timezoneOf(timezone);
  const toLine = scoreLine(await patientsOf(args.patients), modelOf(args.model));
  const rejects = args.rejects === undefined ? null : await toFile('--rejects', args.rejects);
  const readings = toStream(process.stdout);
  const options = { timezone, dialect: args.dialect ?? null, numberRows: true, now: Date.now(), toLine };
  const summary = await decodeFile(args.file, options, readings, rejects).finally(async () => {
    await readings.close();
    await rejects?.close();
  });
  // Whoever closed the pipe has what was wanted: there is nothing left to account for.
  if (!readings.open) return;
  process.stderr.write(`${args.json ? JSON.stringify(summary) : String(summary)}\n`);
}
