import { ModelRegistry, type Decided, type Decision } from '../../lake/model-registry/model-registry.js';
import { lakeUrl } from '../lake-url.js';
import type { DecideArguments } from './decide-options.js';

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
