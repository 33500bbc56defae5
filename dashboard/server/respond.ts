import type { ServerResponse } from 'node:http';
import type { ErrorAnswer } from '../api.js';

export type Headers = Readonly<Record<string, string>>;

/** Answers with JSON that is already text. */
export function sendJson(response: ServerResponse, status: number, json: string, headers: Headers = {}): void {
  send(response, status, 'application/json; charset=utf-8', json, headers);
}

/** Answers with what went wrong and what to do about it; neither ever holds a row, a token or a path. */
export function sendError(response: ServerResponse, status: number, answer: ErrorAnswer, headers: Headers = {}): void {
  sendJson(response, status, JSON.stringify(answer), headers);
}

export function sendText(response: ServerResponse, status: number, text: string, headers: Headers = {}): void {
  send(response, status, 'text/plain; charset=utf-8', text, headers);
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Headers = {},
): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), ...headers });
  // Node leaves the body out by itself where HEAD was asked.
  response.end(body);
}
