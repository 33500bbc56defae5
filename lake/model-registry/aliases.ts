import type { ModelEventRow } from '../../schema/tables/gold-model-events.js';

export const MODEL_EVENTS = ['registered', 'challenged', 'promoted', 'rolled_back', 'retired'] as const;
export type ModelEvent = (typeof MODEL_EVENTS)[number];

/** Which model is what, after some events. */
export interface ModelAliases {
  /** The model that scores; null before the first promotion. */
  readonly champion: string | null;
  /** The model that scores in its shadow. */
  readonly challenger: string | null;
  /** Champions before this one, the last one last: where a rollback goes. */
  readonly former: readonly string[];
  /** Every model that was registered, in that order. */
  readonly registered: readonly string[];
}

const NO_ALIASES: ModelAliases = { champion: null, challenger: null, former: [], registered: [] };

/**
 * What the events of a registry come to. A promotion puts the champion of then behind the new one, a rollback takes it out
 * again: two rollbacks go back two promotions. Who is promoted is no challenger any more.
 */
export function aliasesAfter(events: readonly ModelEventRow[]): ModelAliases {
  return [...events].sort((a, b) => a.event_number - b.event_number).reduce(after, NO_ALIASES);
}

function after(now: ModelAliases, { event, model_id }: ModelEventRow): ModelAliases {
  switch (event as ModelEvent) {
    case 'registered':
      return { ...now, registered: [...now.registered.filter((id) => id !== model_id), model_id] };
    case 'challenged':
      return { ...now, challenger: model_id };
    case 'promoted':
      return {
        ...now,
        champion: model_id,
        challenger: now.challenger === model_id ? null : now.challenger,
        former: now.champion === null ? now.former : [...now.former, now.champion],
      };
    case 'rolled_back':
      return { ...now, champion: now.former.at(-1) ?? null, former: now.former.slice(0, -1) };
    case 'retired':
      return { ...now, challenger: null };
  }
}
