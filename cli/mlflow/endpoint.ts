import { ConfigurationError } from '../../schema/errors.js';

/** An MLflow server and how to prove who asks. */
export interface MlflowEndpoint {
  /** Without a slash at the end. */
  readonly url: string;
  /** Value of the Authorization header, null for none. Never shown. */
  readonly authorization: string | null;
}

/**
 * Where `--to` points: `mlflow:http://host:port`, a path where the server stands behind one.
 *
 * Who asks is read from the environment as MLflow's own client does: MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, else
 * MLFLOW_TRACKING_TOKEN.
 *
 * @throws ConfigurationError for anything but such a URL, and for a password in it: a command line is seen by others
 */
export function parseMlflowEndpoint(to: string, environment: NodeJS.ProcessEnv): MlflowEndpoint {
  const refuse = (problem: string, remedy = 'Give the server as mlflow:http://127.0.0.1:5000.'): ConfigurationError =>
    new ConfigurationError('--to', problem, remedy);
  if (!to.startsWith('mlflow:')) throw refuse(`'${hidePassword(to)}' is no kind of place that a model is pushed to`);
  const text = to.slice('mlflow:'.length);
  if (!URL.canParse(text)) throw refuse(`'${hidePassword(text)}' is no URL`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse(`'${url.protocol}' is not http: or https:`);
  if (url.username !== '' || url.password !== '') {
    throw refuse('a user or password in a URL is seen by others', CREDENTIALS);
  }
  if (url.search !== '' || url.hash !== '') throw refuse('a URL with a query or a fragment is not a server');
  return { url: (url.origin + url.pathname).replace(/\/+$/, ''), authorization: authorizationOf(environment) };
}

/** How to say who asks. */
export const CREDENTIALS =
  'Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, in the environment.';

function authorizationOf(environment: NodeJS.ProcessEnv): string | null {
  const user = environment['MLFLOW_TRACKING_USERNAME'];
  const password = environment['MLFLOW_TRACKING_PASSWORD'];
  if (user && password) return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  const token = environment['MLFLOW_TRACKING_TOKEN'];
  return token ? `Bearer ${token}` : null;
}

function hidePassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@');
}
