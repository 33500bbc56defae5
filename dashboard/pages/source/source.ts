import type {
  AlertAction,
  AlertItem,
  AlertsAnswer,
  HospitalAnswer,
  PatientAnswer,
  PipelineAnswer,
  SearchAnswer,
  ServerEvents,
} from '../../api.js';

/** Parameters of a question; empty and undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** What is told about the event stream. */
export interface FeedListener {
  event<E extends keyof ServerEvents>(name: E, data: ServerEvents[E]): void;
  /** `retryAt`: when the next try is made, epoch ms, while the stream is down. */
  connection(connected: boolean, retryAt: number | null): void;
}

/**
 * Where the pages read. Two: a server over HTTP, and a copy on disk. Every question may fail with an {@link AnswerError},
 * which says what to do, and is abandoned by its signal.
 */
export interface DataSource {
  /** Epoch ms of the copy on disk; null for a server. */
  readonly snapshotOf: number | null;
  hospital(query: Query, signal: AbortSignal): Promise<HospitalAnswer>;
  patient(id: string, query: Query, signal: AbortSignal): Promise<PatientAnswer>;
  alerts(query: Query, signal: AbortSignal): Promise<AlertsAnswer>;
  pipeline(query: Query, signal: AbortSignal): Promise<PipelineAnswer>;
  search(text: string, signal: AbortSignal): Promise<SearchAnswer>;
  /** Acknowledges or resolves. Not repeated by itself: the reader sees the failure and decides. */
  act(alertId: string, action: AlertAction): Promise<AlertItem>;
  /** Tells what happens until the returned function is called. At most once, in order; after a break the pages ask again. */
  listen(listener: FeedListener): () => void;
}

/** An answer that is none: what went wrong, and what would mend it. */
export class AnswerError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
    /** HTTP status; 0 when there was no answer at all. */
    readonly status: number,
  ) {
    super(message);
  }
}
