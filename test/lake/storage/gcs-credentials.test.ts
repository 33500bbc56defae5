import { afterEach, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { authorizer, credentialsError } from '../../../lake/storage/gcs-credentials.js';
import { Unanswered } from '../../../lake/storage/gcs-failure.js';
import { ConfigurationError } from '../../../schema/errors.js';
import { scratch } from '../scratch.js';

const before = { ...process.env };
afterEach(() => {
  for (const name of ['GOOGLE_APPLICATION_CREDENTIALS', 'METADATA_SERVER_DETECTION', 'HOME']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

describe('credentials', () => {
  test('a key file that is not there is named, with what to do', async () => {
    const file = join(scratch(), 'key.json');
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = file;
    process.env['METADATA_SERVER_DETECTION'] = 'none';
    const failure = authorizer()('https://storage.googleapis.com');
    await expect(failure).rejects.toThrow(ConfigurationError);
    await expect(failure).rejects.toThrow(
      `GOOGLE_APPLICATION_CREDENTIALS: no usable Google Cloud credentials in ${file}`,
    );
    await expect(failure).rejects.toThrow(/Run gcloud auth application-default login, or set/);
  });

  test('a token service that is out of breath is tried again, a refused key is not', () => {
    expect(credentialsError(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBeInstanceOf(Unanswered);
    expect(credentialsError(Object.assign(new Error('x'), { response: { status: 503 } }))).toBeInstanceOf(Unanswered);
    expect(credentialsError(Object.assign(new Error('invalid_grant'), { response: { status: 400 } }))).toBeInstanceOf(
      ConfigurationError,
    );
  });
});
