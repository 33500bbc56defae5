import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RunStatus } from '../pipeline/engines/micro-batch/status.js';
import { ConfigurationError } from '../schema/errors.js';
import { prometheusText } from './prometheus-text.js';

export interface StatusServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the state of a running pipeline on the loopback address: `/healthz`, `/status` (JSON) and `/metrics`
 * (Prometheus text). Read-only, holds no state, names no patient; refuses any Host but its own (DNS rebinding).
 *
 * @param port 0 for any free one
 * @throws ConfigurationError when the port is taken
 */
export async function openStatusServer(port: number, status: () => RunStatus | null): Promise<StatusServer> {
  const server = createServer((request, response) => answer(request, response, status));
  await listen(server, port);
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(new ConfigurationError('--port', `${port} is in use`, 'Name another one, or --port 0 for any free port.'));
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

function answer(request: IncomingMessage, response: ServerResponse, status: () => RunStatus | null): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  if (!LOOPBACK.test(request.headers.host ?? '')) return send(response, 403, 'text/plain', 'forbidden host\n');
  if (request.method !== 'GET') return send(response, 405, 'text/plain', 'GET only\n');
  const current = status();
  switch (request.url) {
    case '/healthz':
      return send(response, current ? 200 : 503, 'text/plain', current ? 'ok\n' : 'starting\n');
    case '/status':
      return send(response, 200, 'application/json', JSON.stringify(current) + '\n');
    case '/metrics':
      return send(response, 200, 'text/plain; version=0.0.4', current ? prometheusText(current) : '');
    default:
      return send(response, 404, 'text/plain', 'Try /status, /metrics or /healthz.\n');
  }
}

function send(response: ServerResponse, code: number, type: string, body: string): void {
  response.writeHead(code, { 'Content-Type': `${type}; charset=utf-8` });
  response.end(body);
}
