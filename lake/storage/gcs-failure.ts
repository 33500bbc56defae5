import { ConfigurationError } from '../../schema/errors.js';
import { LakeError } from '../lake-error.js';
import type { GcsReply } from './gcs-reply.js';
import type { GcsUrl } from './gcs-url.js';

/** No answer, or not all of it: nobody knows whether the request was carried out. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** An answer that says no, or that cannot be what the storage meant to say. */
export class Refused extends Error {
  override readonly name: string = 'Refused';

  constructor(
    readonly status: number,
    message: string,
    /** The same request may well succeed. */
    readonly transient: boolean,
  ) {
    super(message);
  }
}

/** 409: two changes at the same moment, of which one is asked to come again. */
const TRANSIENT = new Set([408, 409, 429, 500, 502, 503, 504]);

/** The {@link Refused} for an answer that was not expected. */
export function refusal({ status, body }: GcsReply): Refused {
  const { message, reason } = errorOf(body);
  const limited = status === 403 && /rateLimitExceeded|quotaExceeded/i.test(reason);
  // The bytes arrived damaged: the storage compared them with the checksum that came with them.
  const damaged = status === 400 && /crc32c|checksum|hash/i.test(message);
  const transient = TRANSIENT.has(status) || status >= 500 || limited || damaged;
  return new Refused(status, message === '' ? `HTTP ${status}` : `HTTP ${status}: ${message}`, transient);
}

/** An answer with the right status and the wrong content: cut short, or damaged on the way. */
export function damagedReply(what: string): Refused {
  return new Refused(200, what, true);
}

export function isTransient(error: unknown): boolean {
  return error instanceof Unanswered || (error instanceof Refused && error.transient);
}

/** The error of a request, after all its tries, as an operator can mend it. */
export function gcsError(error: unknown, action: string, place: GcsUrl, path: string): unknown {
  if (!(error instanceof Unanswered || error instanceof Refused)) return error;
  const object = path === '' ? place.url : `${place.url}/${path}`;
  const problem = `Cannot ${action} ${object}: ${error.message}`;
  if (isTransient(error)) {
    const remedy = 'Check the network, then start again: nothing that was committed is lost';
    return new LakeError('UNREACHABLE', problem, remedy, { cause: error });
  }
  const status = error instanceof Refused ? error.status : 0;
  if (status === 401) {
    const remedy = 'Run gcloud auth application-default login, or give this machine a service account that is in force';
    return new ConfigurationError(
      '--lake',
      `${object} was refused, the credentials are not valid (${error.message})`,
      remedy,
    );
  }
  if (status === 403) {
    const remedy = `Grant roles/storage.objectUser on gs://${place.bucket}, or choose another bucket with --lake`;
    return new LakeError('DENIED', problem, remedy, { cause: error });
  }
  if (status === 404) return noBucket(place);
  return new LakeError('REFUSED', problem, 'Check the bucket and its settings, then start again', { cause: error });
}

export function noBucket({ bucket, url }: GcsUrl): ConfigurationError {
  return new ConfigurationError(
    '--lake',
    `there is no bucket ${bucket} (${url})`,
    `Create it (gcloud storage buckets create gs://${bucket}) or name another`,
  );
}

function errorOf(body: Uint8Array): { readonly message: string; readonly reason: string } {
  const text = Buffer.from(body).toString('utf8');
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string; errors?: readonly { reason?: string }[] } };
    return { message: error?.message ?? '', reason: error?.errors?.[0]?.reason ?? '' };
  } catch {
    return { message: text.slice(0, 200).replaceAll(/\s+/g, ' ').trim(), reason: '' };
  }
}
