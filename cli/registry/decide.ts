import type { Argv } from 'yargs';
import { ModelRegistry, type Decided, type Decision } from '../../lake/model-registry/model-registry.js';
import { lakeUrl } from '../lake-url.js';
import { LAKE_OPTION } from '../options.js';

/** What deciding about a model takes. */
export interface DecideArguments {
  readonly lake: string;
  readonly who: string;
  readonly reason: string | undefined;
  readonly json: boolean;
}

export function withDecideOptions<T>(yargs: Argv<T>): Argv<T & DecideArguments> {
  return yargs.option('lake', LAKE_OPTION).options({
    who: { type: 'string', demandOption: true, describe: 'who decides: a person or a scheduler' },
    reason: { type: 'string', describe: 'why, for the record; no patient names' },
    json: { type: 'boolean', default: false, describe: 'print the events and what stands now as one JSON object' },
  }) as unknown as Argv<T & DecideArguments>;
}

/** Decides in the registry of a lake, and says what came of it. @throws LakeError for what cannot be done as things stand */
export async function decide<T extends Decided>(
  args: DecideArguments,
  act: (registry: ModelRegistry, decision: Decision) => Promise<T>,
): Promise<T> {
  const decision = { who: args.who, reason: args.reason ?? null, time: Date.now() };
  const decided = await act(new ModelRegistry(lakeUrl(args.lake)), decision);
  const { champion, challenger } = decided.aliases;
  if (args.json) {
    process.stdout.write(JSON.stringify({ events: decided.events, champion, challenger }) + '\n');
    return decided;
  }
  for (const { event, model_id } of decided.events) {
    process.stderr.write(`vitals: ${event.replace('_', ' ')}: ${model_id}\n`);
  }
  if (decided.events.length === 0) process.stderr.write('vitals: it was so already\n');
  process.stderr.write(`vitals: champion ${champion ?? '-'}, challenger ${challenger ?? '-'}\n`);
  return decided;
}
