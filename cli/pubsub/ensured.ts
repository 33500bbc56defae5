import { explainPubSubError, GRPC, statusOf } from '../../brokers/pubsub/errors.js';

/** What setup did about one resource. */
export interface Ensured {
  /** `projects/P/<kind>/NAME` */
  readonly resource: string;
  readonly action: 'created' | 'updated' | 'unchanged';
  /** Fields that were brought to what was asked for. */
  readonly changed: readonly string[];
}

/** Milliseconds that one question to the broker may take, attempts included. */
export const ADMIN_TIMEOUT = { timeout: 15_000 } as const;

/** Looks something up; null when the broker knows no such thing. */
export async function lookUp<T>(get: () => Promise<readonly [T, ...unknown[]]>): Promise<T | null> {
  try {
    return (await get())[0];
  } catch (error) {
    if (statusOf(error) === GRPC.NOT_FOUND) return null;
    throw error;
  }
}

/** Runs work on one resource; what the broker refuses is explained with the flag that named it. */
export async function explained<T>(flag: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainPubSubError(flag, path, error);
  }
}

/** Seconds of a duration as the API writes it. */
export function secondsOf(duration: { readonly seconds?: unknown } | null | undefined): number | null {
  if (duration?.seconds === undefined || duration.seconds === null) return null;
  return Number(String(duration.seconds));
}
