import { describe, expect, test } from '@jest/globals';
import { parseMlflowEndpoint } from '../../../cli/mlflow/endpoint.js';

describe('where a model is pushed to', () => {
  test('is an address, behind a path or not, without a slash at the end', () => {
    expect(parseMlflowEndpoint('mlflow:http://127.0.0.1:5000/', {})).toEqual({
      url: 'http://127.0.0.1:5000',
      authorization: null,
    });
    expect(parseMlflowEndpoint('mlflow:https://host/mlflow/', {}).url).toBe('https://host/mlflow');
  });

  test.each([
    ['http://127.0.0.1:5000', /'http:.*' is no kind of place.*mlflow:http/],
    ['mlflow:127.0.0.1', /is no URL/],
    ['mlflow:sqlite:///x.db', /'sqlite:' is not http/],
    ['mlflow:http://host/?token=1', /a query or a fragment/],
  ])('%s is refused with what would be right', (to, message) => {
    expect(() => parseMlflowEndpoint(to, {})).toThrow(message);
  });

  test('a password in it is refused, and not repeated', () => {
    for (const to of ['mlflow:http://me:hush@host', 'http://me:hush@host', 'mlflow:ftp//me:hush@host']) {
      const refusal = () => parseMlflowEndpoint(to, {});
      expect(refusal).toThrow(/--to/);
      expect(refusal).not.toThrow(/hush/);
    }
  });

  test('who asks comes from the environment: user and password before the token, as MLflow itself does', () => {
    const of = (environment: NodeJS.ProcessEnv) => parseMlflowEndpoint('mlflow:http://host', environment).authorization;
    const both = { MLFLOW_TRACKING_USERNAME: 'me', MLFLOW_TRACKING_PASSWORD: 'hush' };
    expect(of({ MLFLOW_TRACKING_TOKEN: 't' })).toBe('Bearer t');
    expect(of({ ...both, MLFLOW_TRACKING_TOKEN: 't' })).toBe(`Basic ${Buffer.from('me:hush').toString('base64')}`);
    expect(of({ MLFLOW_TRACKING_USERNAME: 'me' })).toBeNull();
  });
});
