import type { CommandModule } from 'yargs';
import type { CompactReport } from '../compact/compact-lake.js';
import { LAKE_OPTION } from '../options.js';

interface CompactArguments {
  readonly lake: string;
  readonly 'min-files': number;
  readonly json: boolean;
}

export const compactCommand: CommandModule<object, CompactArguments> = {
  command: 'compact',
  describe: 'merge the small files of a lake that nothing writes to, and delete what was replaced',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('min-files', { type: 'number', default: 2, describe: 'merge the files of a partition from so many on' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object with every merge' })
      .epilogue('A running pipeline compacts its own lake: this is for one that stands still.')
      .example('$0 compact --lake lake', 'after many short runs')
      .example('$0 compact --lake gs://B/lake --json', 'for a program') as never,
  handler: async (args) => {
    const { compactLake } = await import('../compact/compact-lake.js');
    const report = await compactLake(args.lake, args['min-files'], Date.now);
    const lines = args.json ? [JSON.stringify(report)] : describe(report);
    process.stdout.write(`${lines.join('\n')}\n`);
  },
};

function describe({ tables, deleted }: CompactReport): string[] {
  const lines = tables.map(
    ({ table, files, merged, bytesBefore, bytesAfter }) =>
      `${table.padEnd(28)} ${files} files into ${merged}, ${bytesBefore} bytes into ${bytesAfter}`,
  );
  if (lines.length === 0) lines.push('nothing to merge');
  return [...lines, `${deleted} files deleted that had been replaced earlier, or that nothing named`];
}
