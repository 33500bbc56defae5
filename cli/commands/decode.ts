import type { CommandModule } from 'yargs';

interface Args {
  readonly file: string;
  readonly dialect?: string | undefined;
  readonly timezone?: string | undefined;
  readonly rejects?: string | undefined;
  readonly summary: boolean;
  readonly json: boolean;
}

/** `vitals decode`: any dialect to canonical readings, without a lake. */
export const decodeCommand: CommandModule<object, Args> = {
  command: 'decode <file>',
  describe: 'decode and cleanse a file: canonical readings as NDJSON on standard output',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe:
          'NDJSON, or CSV, JSON and HL7 v2 by their names (.csv, .json, .hl7); a folder of such files; .gz is unpacked; - is standard input',
        // yargs hands a lone - to a positional as an empty string.
        coerce: (file: string) => (file === '' ? '-' : file),
      })
      .option('dialect', {
        choices: ['json', 'csv', 'fhir', 'hl7v2', 'er', 'wearable'],
        describe: 'what the messages are; else name and content decide',
      })
      .option('timezone', { type: 'string', describe: 'zone of times that name none, e.g. Europe/Dublin or +01:00' })
      .option('rejects', { type: 'string', describe: 'write what was refused to this file (NDJSON)' })
      .option('summary', {
        type: 'boolean',
        default: false,
        describe: 'print what became of each file instead of the readings',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print the summary (standard error) as JSON' })
      .example('$0 decode readings.ndjson > canonical.ndjson', 'readings in, canonical readings out')
      .example('$0 decode day.csv.gz --timezone Europe/Dublin --rejects refused.ndjson', 'a compressed table')
      .example('$0 decode examples/ --summary', 'what becomes of every file of a folder')
      .example('cat messages | $0 decode - --json', 'from a pipe, with the accounting for a program') as never,
  handler: decodeHandler,
};

async function decodeHandler(args: Args): Promise<void> {
  const { decodeFiles } = await import('../decode/decode-files.js');
  const { toFile, toNowhere, toStream } = await import('../decode/output.js');
  const { timezoneOf } = await import('../../transforms/decode/index.js');
  const timezone = args.timezone ?? null;
  if (timezone !== null) timezoneOf(timezone);
  const rejects = args.rejects === undefined ? null : await toFile('--rejects', args.rejects);
  const output = toStream(process.stdout);
  const options = { timezone, dialect: args.dialect ?? null, now: Date.now() };
  const outcome = decodeFiles(args.file, options, args.summary ? toNowhere() : output, rejects);
  const summaries = await outcome.finally(() => rejects?.close());
  if (args.summary) {
    const { summaryLines } = await import('../decode/summary-table.js');
    for (const line of summaryLines(summaries, args.json)) output.write(line);
  }
  await output.close();
  // Whoever closed the pipe has what was wanted: there is nothing left to account for.
  if (!output.open) return;
  if (!summaries.total.isComplete) process.exitCode = 1;
  process.stderr.write(`${args.json ? JSON.stringify(summaries.total) : String(summaries.total)}\n`);
}
