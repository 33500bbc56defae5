import type { JsonValue } from '../../lake/frozen-batch.js';

/** A message as a source hands it over: not yet frozen, so without batch, offset and receive time. */
export interface SourceMessage {
  readonly payload: Uint8Array;
  /** JSON object, keys sorted; null when there are none. */
  readonly attributes: string | null;
  readonly dialect: string | null;
  /** The broker's id of the message, null for sources that have none. */
  readonly message_id: string | null;
  readonly publish_time: number | null;
  /** When somebody took it over from the broker for us; left out where pulling it is that. */
  readonly receive_time?: number;
  /** Where this message came from, in place of the source's own URL: for one that is run again. */
  readonly source?: string;
}

export interface PullLimits {
  readonly messages: number;
  readonly bytes: number;
}

/** Where a source stands: opaque to the engine, recorded with each bronze commit, handed back on the next start. */
export type SourcePositions = { readonly [key: string]: JsonValue };

export interface Pulled {
  readonly messages: readonly SourceMessage[];
  /** Positions after these messages. */
  readonly positions: SourcePositions;
  /** True when the source knows of nothing more right now. */
  readonly drained: boolean;
  /** Call after the bronze commit: the messages will not be delivered again. */
  acknowledge(): Promise<void>;
}

/**
 * A source of messages. Delivery: at least once; what was frozen in bronze and recorded in its positions is never
 * pulled again, whatever happened to `acknowledge`.
 */
export interface Source {
  /** URL without secrets, as it stands in bronze. */
  readonly url: string;
  /** Takes up after recorded positions; call once, before the first pull. */
  resume(positions: SourcePositions | null): Promise<void>;
  /** Answers at once with what there is, at most `limits`; an empty pull is an answer. */
  pull(limits: PullLimits): Promise<Pulled>;
  /** Resolves when there may be something new, when `milliseconds` have passed, or when the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
