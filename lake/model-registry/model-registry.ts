import { GOLD_MODEL_EVENTS, type ModelEventRow } from '../../schema/tables/gold-model-events.js';
import { decodeModelFolder, type ModelFolder } from '../../model/model-folder.js';
import { requireStreamModel } from '../../model/stream-model.js';
import { EventLog } from '../event-log.js';
import { LakeError } from '../lake-error.js';
import { openStorage } from '../storage/open.js';
import type { Storage } from '../storage/storage.js';
import { aliasesAfter, type ModelAliases, type ModelEvent } from './aliases.js';
import { getModel, putModel } from './model-store.js';

/** Who decides, why, and when. */
export interface Decision {
  readonly who: string;
  readonly reason: string | null;
  /** Epoch ms. */
  readonly time: number;
}

/** What a command did: the events that it added, none where everything was so already. */
export interface Decided {
  readonly events: readonly ModelEventRow[];
  readonly aliases: ModelAliases;
}

/** A choice by what stands at its turn: the event to add and the model it is about, or null for none. */
type Choose = (now: ModelAliases) => { readonly event: ModelEvent; readonly id: string } | null;

/**
 * The models of a lake: folders `_models/<id>`, and the events of `gold.model_events`, which say which of them is champion and
 * which challenger. Several may use it at once, beside a pipeline that runs.
 *
 * Delivery: an event is recorded when the call has resolved, and a command that is repeated adds nothing. Errors: a
 * {@link LakeError} for what cannot be done as things stand, or a ConfigurationError for a folder that is no model.
 */
export class ModelRegistry {
  readonly #storage: Storage;
  readonly #log: EventLog<ModelEventRow>;

  constructor(root: string | Storage) {
    this.#storage = openStorage(root);
    this.#log = new EventLog(this.#storage, GOLD_MODEL_EVENTS, (row) => row.acted_at);
  }

  async events(): Promise<readonly ModelEventRow[]> {
    return [...(await this.#log.rows())].sort((a, b) => a.event_number - b.event_number);
  }

  async aliases(): Promise<ModelAliases> {
    return aliasesAfter(await this.#log.rows());
  }

  /** The files of a model, every byte checked. */
  async read(id: string): Promise<ModelFolder> {
    const files = await getModel(this.#storage, id);
    decodeModelFolder(files, `model ${id}`);
    return files;
  }

  /** Takes a model in; what is in it already is no new event. @param folder what to call it in an error */
  async register(files: ModelFolder, folder: string, decision: Decision): Promise<Decided & { readonly id: string }> {
    const { id } = decodeModelFolder(files, folder);
    await putModel(this.#storage, id, files);
    const decided = await this.#decide(decision, ({ registered }) =>
      registered.includes(id) ? null : { event: 'registered', id },
    );
    return { ...decided, id };
  }

  /** Lets a model score in the shadow of the champion. */
  async challenge(id: string, decision: Decision): Promise<Decided> {
    await this.#requireStreamModel(id);
    return this.#decide(decision, (now) => {
      requireRegistered(now, id);
      if (now.champion === id) throw refused(`${id} is the champion`, 'Name another model');
      return now.challenger === id ? null : { event: 'challenged', id };
    });
  }

  /** Makes a model the one that scores. @param id null for the challenger */
  async promote(id: string | null, decision: Decision): Promise<Decided> {
    await this.#requireStreamModel(id ?? (await this.aliases()).challenger);
    return this.#decide(decision, (now) => {
      const chosen = id ?? now.challenger;
      if (chosen === null) throw refused('There is no challenger to promote', 'Name a model: vitals model list');
      requireRegistered(now, chosen);
      return now.champion === chosen ? null : { event: 'promoted', id: chosen };
    });
  }

  /** Makes the champion before this one the one that scores again. */
  rollback(decision: Decision): Promise<Decided> {
    return this.#decide(decision, ({ former }) => {
      const id = former.at(-1);
      if (id === undefined) throw refused('There is no earlier champion to go back to', 'Promote a model by its id');
      return { event: 'rolled_back', id };
    });
  }

  /** Ends the shadow, where there is one. */
  retire(decision: Decision): Promise<Decided> {
    return this.#decide(decision, ({ challenger }) =>
      challenger === null ? null : { event: 'retired', id: challenger },
    );
  }

  /** Nothing scores in a pipeline that cannot: a model of windows is taken in, and refused here. */
  async #requireStreamModel(id: string | null): Promise<void> {
    if (id === null || !(await this.aliases()).registered.includes(id)) return;
    requireStreamModel(decodeModelFolder(await this.read(id), `model ${id}`));
  }

  async #decide({ who, reason, time }: Decision, choose: Choose): Promise<Decided> {
    let before: readonly ModelEventRow[] = [];
    const events = await this.#log.append((rows) => {
      before = rows;
      const now = aliasesAfter(rows);
      const choice = choose(now);
      if (choice === null) return [];
      const replaces = choice.event === 'promoted' || choice.event === 'rolled_back';
      return [
        {
          event_number: rows.length + 1,
          event: choice.event,
          model_id: choice.id,
          previous_model_id: replaces ? now.champion : null,
          who,
          reason,
          acted_at: time,
        },
      ];
    });
    return { events, aliases: aliasesAfter([...before, ...events]) };
  }
}

function requireRegistered({ registered }: ModelAliases, id: string): void {
  if (!registered.includes(id)) throw refused(`${id} is not registered`, 'Take it in with vitals model register DIR');
}

function refused(problem: string, remedy: string): LakeError {
  return new LakeError('CONFLICT', problem, remedy);
}
