import type {
  AlertItem,
  AnswerState,
  HospitalAnswer,
  PatientAnswer,
  AlertsAnswer,
  PipelineAnswer,
  SearchAnswer,
} from '../api.js';
import { QueryError } from '../../query/query-error.js';
import { histories, type Histories } from './alert-items.js';
import { alerts, type AlertsQuestion } from './alerts.js';
import { alertsAfter, findAlert, type FoundAlert } from './find-alert.js';
import { hospital, type HospitalQuestion } from './hospital.js';
import type { LakeStore } from './lake-store.js';
import { answerState, type Answer, type Moment } from './moment.js';
import { momentAt, momentNow } from './moments.js';
import { Parts } from './parts.js';
import { patient, type PatientQuestion } from './patient.js';
import { pipeline } from './pipeline.js';
import type { Question } from './question.js';
import { search } from './search.js';

/**
 * Every question of dashboard/api.ts, answered from a lake. What is computed is shared by all who ask for the same.
 *
 * @param asOf epoch ms; null for now
 */
export class Answers {
  readonly #parts = new Parts();

  constructor(
    readonly store: LakeStore,
    private readonly clock: () => number,
  ) {}

  hospital(asked: HospitalQuestion, asOf: number | null): Promise<HospitalAnswer> {
    return this.#answer(asOf, (question) => hospital(question, asked));
  }

  /** Null for an unknown patient. */
  patient(asked: PatientQuestion, asOf: number | null): Promise<PatientAnswer | null> {
    return this.#ask(asOf, async (question) => {
      const answer = await patient(question, asked);
      return answer === null ? null : { ...this.#state(question.moment), ...answer };
    });
  }

  alerts(asked: AlertsQuestion, asOf: number | null): Promise<AlertsAnswer> {
    return this.#answer(asOf, (question) => alerts(question, asked));
  }

  pipeline(asOf: number | null): Promise<PipelineAnswer> {
    return this.#answer(asOf, (question) => pipeline(question));
  }

  search(text: string): Promise<SearchAnswer> {
    return this.#ask(null, (question) => search(question, text));
  }

  findAlert(id: string): Promise<FoundAlert> {
    return this.#ask(null, (question) => findAlert(question, id));
  }

  /** For those who listen: not held up by what pages ask. */
  alertsAfter(batch: number, limit: number): Promise<readonly AlertItem[]> {
    return this.#ask(null, ({ moment, ...question }) =>
      alertsAfter({ ...question, moment: { ...moment, urgent: true } }, batch, limit),
    );
  }

  /** What people did, by alert. */
  histories(): Promise<Histories> {
    return this.#ask(null, ({ moment, ...question }) =>
      histories({ ...question, moment: { ...moment, urgent: true } }),
    );
  }

  async state(): Promise<AnswerState> {
    return this.#state(await momentNow(this.store));
  }

  #state(moment: Moment): AnswerState {
    return answerState(moment, this.clock());
  }

  #answer<T extends AnswerState>(asOf: number | null, make: (question: Question) => Promise<Answer<T>>): Promise<T> {
    return this.#ask(asOf, async (question) => {
      const answer = await make(question);
      return { ...this.#state(question.moment), ...answer } as T;
    });
  }

  /** A file that clean-up removed while it was wanted is looked for once more, under the name that it has now. */
  async #ask<T>(asOf: number | null, make: (question: Question) => Promise<T>): Promise<T> {
    const once = async () => {
      const moment = asOf === null ? await momentNow(this.store) : await momentAt(this.store, asOf);
      return make({ store: this.store, parts: this.#parts, moment });
    };
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      await this.store.refresh();
      return once();
    }
  }
}
