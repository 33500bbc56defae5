import { ConfigurationError } from '../../schema/errors.js';
import { isPassing, type BigQueryRefusal } from './refusal.js';

/** What was being done, for whoever has to mend it. */
export interface Attempted {
  readonly project: string;
  /** What was asked for, as a clause: `load gold.alerts`. */
  readonly action: string;
}

/** A clock that is off by more than this gets no token (developers.google.com/identity: 5 minutes). */
const CLOCK_TOLERANCE_MILLIS = 300_000;

/** A refusal as one line with its remedy. Never a row, never a token. */
export function explain(refusal: BigQueryRefusal, { project, action }: Attempted, now: number): ConfigurationError {
  const say = (subject: string, problem: string, remedy: string) => new ConfigurationError(subject, problem, remedy);
  const { status, reason, message } = refusal;
  const problem = `cannot ${action} in ${project}: ${withoutDot(message)}`;
  if (status === 401) return explainCredentials(refusal, action, now);
  if (reason === 'quotaExceeded') {
    const remedy =
      'Run it again tomorrow, and less often: a table takes 1,500 changes a day. Nothing is lost or doubled.';
    return say('--warehouse', problem, remedy);
  }
  if (isPassing(refusal)) {
    return say('--warehouse', problem, 'Try again later: what is loaded stays loaded, and nothing is loaded twice.');
  }
  if (status === 403 || reason === 'accessDenied') return say('--warehouse', problem, grantsFor(message));
  if (status === 404 || reason === 'notFound') {
    const remedy = 'Check the project and the region, then terraform apply (terraform/modules/warehouse).';
    return say('--warehouse', problem, remedy);
  }
  return say('--warehouse', problem, 'Nothing of this job was loaded; mend that and run it again.');
}

function explainCredentials({ message, serverTime }: BigQueryRefusal, action: string, now: number): ConfigurationError {
  const skew = serverTime === null ? 0 : now - serverTime;
  const clockIsOff =
    Math.abs(skew) > CLOCK_TOLERANCE_MILLIS || /reasonable timeframe|iat|used too early/i.test(message);
  if (clockIsOff) {
    const by = serverTime === null ? '' : `, ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead' : 'behind'}`;
    const problem = `cannot ${action}: this machine's clock (${new Date(now).toISOString()}) is off${by}`;
    return new ConfigurationError(
      'Google Cloud credentials',
      problem,
      'Set the clock (timedatectl set-ntp true), then try again.',
    );
  }
  const problem = `cannot ${action}: the token is expired or not valid (${withoutDot(message)})`;
  const remedy =
    'Run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS to a key file in force.';
  return new ConfigurationError('Google Cloud credentials', problem, remedy);
}

function grantsFor(message: string): string {
  if (/storage\./.test(message)) return 'Grant roles/storage.objectAdmin on the staging bucket to the loader.';
  if (/bigquery\.jobs\.create/.test(message)) return 'Grant roles/bigquery.jobUser on the project to the loader.';
  return 'Grant roles/bigquery.dataEditor on the dataset and roles/bigquery.jobUser on the project to the loader.';
}

function withoutDot(text: string): string {
  return text.replace(/\.$/, '');
}
