import { authorizer, type Authorize } from '../../../lake/storage/gcs-credentials.js';
import { ConfigurationError } from '../../../schema/errors.js';

/** Where Google serves the Dataflow API. */
export const DATAFLOW_ENDPOINT = 'https://dataflow.googleapis.com';

/**
 * The headers that let a request into the Dataflow API: application default credentials, the same as for the lake. A
 * stand-in on this machine gets none, so that a test cannot leak a token.
 *
 * The returned function throws ConfigurationError when there are no credentials, or none that work.
 */
export function dataflowAuthorizer(endpoint: string): Authorize {
  if (isLocal(endpoint)) return async () => ({});
  const authorize = authorizer();
  return async (url) => {
    try {
      return await authorize(url);
    } catch (error) {
      if (!(error instanceof ConfigurationError) || error.subject !== '--lake') throw error;
      throw new ConfigurationError('Google Cloud credentials', error.problem, REMEDY);
    }
  };
}

const REMEDY = 'Run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS to a key file.';

function isLocal(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
