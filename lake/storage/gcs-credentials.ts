import { ConfigurationError } from '../../schema/errors.js';
import { Unanswered } from './gcs-failure.js';
import { errorCode } from './disk-error.js';

/** The headers that let a request in. */
export type Authorize = (url: string) => Promise<Readonly<Record<string, string>>>;

/** Application default credentials, found and renewed by `@google-cloud/storage`, which is loaded with the first request. */
export function authorizer(): Authorize {
  let client: Promise<{ getRequestHeaders(url: string): Promise<unknown> }> | null = null;
  return async (url) => {
    client ??= import('@google-cloud/storage').then(({ Storage }) => new Storage().authClient);
    try {
      return plainHeaders(await (await client).getRequestHeaders(url));
    } catch (error) {
      throw credentialsError(error);
    }
  };
}

/** Versions of the library disagree whether these are a record or `Headers`. */
function plainHeaders(headers: unknown): Record<string, string> {
  return headers instanceof Headers ? Object.fromEntries(headers) : { ...(headers as Record<string, string>) };
}

/** A token service that does not answer may answer later; everything else is for the operator to mend. */
export function credentialsError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const status = Number((error as { response?: { status?: number } } | null)?.response?.status ?? NaN);
  const code = errorCode(error) ?? '';
  if (status === 429 || status >= 500 || /^(ECONN|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EPIPE)/.test(code)) {
    return new Unanswered(`no token: ${message}`, { cause: error });
  }
  const file = process.env['GOOGLE_APPLICATION_CREDENTIALS'];
  const subject = file === undefined ? '--lake' : 'GOOGLE_APPLICATION_CREDENTIALS';
  const problem = `no usable Google Cloud credentials${file === undefined ? '' : ` in ${file}`} (${firstSentence(message)})`;
  return new ConfigurationError(subject, problem, REMEDY);
}

const REMEDY =
  'Run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS to a key file, or STORAGE_EMULATOR_HOST to an emulator';

function firstSentence(text: string): string {
  return text.split(/[.\n]/)[0] ?? text;
}
