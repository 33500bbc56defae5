import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MlflowRest } from '../../../cli/mlflow/rest.js';

/** What a server says that is not what was hoped for; what MLflow itself says is tried with a real one (npm run test:mlflow). */
let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  if (server !== null) await once(server, 'close');
  server = null;
});

async function restOver(listener: RequestListener, authorization: string | null = null): Promise<MlflowRest> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new MlflowRest({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, authorization });
}

const says =
  (status: number, body: string): RequestListener =>
  (_, answer) =>
    answer.writeHead(status).end(body);

describe('what cannot be pushed is one line with a remedy', () => {
  test.each([
    [403, 'Invalid Host header - possible DNS rebinding attack detected', /Invalid Host header.*--allowed-hosts 127/],
    [403, 'Cross-origin request blocked', /--allowed-hosts/],
    [403, '{"error_code":"PERMISSION_DENIED","message":"Permission denied"}', /Permission denied\. Set MLFLOW_TRACK/],
    [401, 'You are not authenticated.', /not authenticated\. Set MLFLOW_TRACKING_USERNAME/],
    [404, '<html>Not Found</html>', /there is no such interface\. Name the address of an MLflow 3 tracking server/],
    [200, '<html>welcome</html>', /there is no such interface/],
    [500, '{"error_code":"INTERNAL_ERROR","message":"database is locked"}', /database is locked\. Push again later/],
    [400, '{"error_code":"INVALID_PARAMETER_VALUE","message":"No."}', /: No\. Mend that and push again/],
  ])('status %d with %s', async (status, body, message) => {
    const rest = await restOver(says(status, body));
    await expect(rest.post('runs/create', {}, 'create a run')).rejects.toThrow(message);
    await expect(rest.post('runs/create', {}, 'create a run')).rejects.toThrow(/^http:.*: cannot create a run: /);
  });

  test('a server that is not there', async () => {
    const rest = await restOver(says(200, '{}'));
    server?.close();
    await once(server!, 'close');
    server = null;
    await expect(rest.get('runs/get', {}, 'find it')).rejects.toThrow(/nobody answers there\. Is the server running/);
  });

  test('a connection that breaks in the middle of an answer', async () => {
    const rest = await restOver((_, answer) => {
      answer.writeHead(200, { 'content-length': 100 }).write('{');
      answer.socket?.destroySoon();
    });
    await expect(rest.get('runs/get', {}, 'find it')).rejects.toThrow(/the connection broke/);
  });

  test('artefacts that the server does not serve', async () => {
    const rest = await restOver(says(503, '{"detail":"Run `mlflow server` with `--serve-artifacts` to enable."}'));
    await expect(rest.upload('a', new Uint8Array(1))).rejects.toThrow(/takes no artefacts.*--serve-artifacts/);
  });

  test('the token is sent, not shown, and not sent to where the server points', async () => {
    const seen: (string | undefined)[] = [];
    const rest = await restOver((request, answer) => {
      seen.push(request.headers.authorization);
      answer.writeHead(302, { location: '/elsewhere' }).end();
    }, 'Bearer hush');
    const failed = rest.get('runs/get', {}, 'find it');
    await expect(failed).rejects.toThrow(/find it/);
    await expect(failed).rejects.not.toThrow(/hush/);
    expect(seen).toEqual(['Bearer hush']);
  });
});
