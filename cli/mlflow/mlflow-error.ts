import { ConfigurationError } from '../../schema/errors.js';
import { CREDENTIALS } from './endpoint.js';

/** What MLflow said no to: its own code, such as RESOURCE_DOES_NOT_EXIST, null where it gave none. */
export class MlflowRefusal extends Error {
  override readonly name = 'MlflowRefusal';

  constructor(
    readonly status: number,
    readonly code: string | null,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** Longer texts are pages of HTML and stack traces. */
const SHOWN = 200;

/** The refusal in an answer's body, which is JSON where MLflow itself answered. */
export function refusalIn(status: number, body: string): MlflowRefusal {
  try {
    const { error_code, message } = JSON.parse(body) as { error_code?: unknown; message?: unknown };
    const code = typeof error_code === 'string' ? error_code : null;
    return new MlflowRefusal(status, code, shorten(typeof message === 'string' ? message : body));
  } catch {
    return new MlflowRefusal(status, null, shorten(body));
  }
}

/**
 * A failure as one line with its remedy; what was pushed so far stays, and a second push goes on from there.
 *
 * @param action what was being done, as a clause: `create a run`
 */
export function explainMlflow(error: unknown, url: string, action: string): ConfigurationError {
  const say = (problem: string, remedy: string) => new ConfigurationError(url, `cannot ${action}: ${problem}`, remedy);
  if (!(error instanceof MlflowRefusal)) {
    const remedy =
      'Is the server running there (mlflow server --port 5000)? Then push again: it goes on where it ended.';
    return say(reasonOf(error), remedy);
  }
  const { status, code, detail } = error;
  if (status === 403 && /Host header|Origin|cross-origin/i.test(detail)) {
    const host = new URL(url).host;
    return say(detail, `Name the server as it allows, or start it with --allowed-hosts ${host}.`);
  }
  if (status === 401 || status === 403) return say(detail || `status ${status}`, CREDENTIALS);
  if (status === 404 && code === null) {
    return say('there is no such interface', 'Name the address of an MLflow 3 tracking server (tried with 3.17.2).');
  }
  if (status === 503 && /serve-artifacts/i.test(detail)) {
    return say('it takes no artefacts', 'Start the server with --serve-artifacts and an --artifacts-destination.');
  }
  if (status === 429 || status >= 500) {
    return say(`status ${status}, ${detail || 'without a reason'}`, 'Push again later: it goes on where it ended.');
  }
  return say(detail || `status ${status}`, 'Mend that and push again: it goes on where it ended.');
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

/** fetch says "fetch failed" and keeps the reason to itself. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return 'no answer in time';
  const { code, message: inner } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return code === 'ECONNREFUSED' ? 'nobody answers there' : `the connection broke (${code ?? inner ?? message})`;
}
