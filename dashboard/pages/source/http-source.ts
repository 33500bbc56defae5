import type { AlertAction, ErrorAnswer } from '../../api.js';
import { listenTo } from './event-stream.js';
import { AnswerError, type DataSource, type Query } from './source.js';

/** Longer than any question should take, milliseconds: then the page says so instead of waiting. */
const TIMEOUT_MS = 20_000;

/** Reads the dashboard's server that served the page. */
export function httpSource(): DataSource {
  return {
    snapshotOf: null,
    hospital: (query, signal) => get('hospital', query, signal),
    patient: (id, query, signal) => get('patient', { ...query, id }, signal),
    alerts: (query, signal) => get('alerts', query, signal),
    pipeline: (query, signal) => get('pipeline', query, signal),
    search: (text, signal) => get('search', { q: text }, signal),
    act: (alertId, action) => post(`alerts/${encodeURIComponent(alertId)}`, action),
    listen: (listener) => listenTo('api/events', listener, Math.random),
  };
}

function get<A>(path: string, query: Query, signal: AbortSignal): Promise<A> {
  const entries = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  );
  const text = new URLSearchParams(entries).toString();
  const both = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  return ask(`api/${path}${text === '' ? '' : `?${text}`}`, { signal: both });
}

function post<A>(path: string, body: AlertAction): Promise<A> {
  const headers = { 'Content-Type': 'application/json' };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return ask(`api/${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal });
}

async function ask<A>(url: string, init: RequestInit): Promise<A> {
  const response = await fetch(url, { ...init, cache: 'no-store', credentials: 'same-origin' }).catch(
    (error: Error) => {
      if (error.name === 'AbortError') throw error;
      const slow = error.name === 'TimeoutError';
      throw new AnswerError(
        slow ? `The server has not answered for ${TIMEOUT_MS / 1_000} s.` : 'The server cannot be reached.',
        slow
          ? 'It may be busy: try again.'
          : 'Check that vitals start or vitals dashboard is running; this page tries again.',
        0,
      );
    },
  );
  if (response.ok) return (await response.json()) as A;
  // The token is asked for by a page of the server; afterwards it leads back here.
  if (response.status === 401) location.assign('login');
  const { error, remedy } = (await response.json().catch(() => ({}))) as Partial<ErrorAnswer>;
  throw new AnswerError(error ?? `The server answered ${response.status}.`, remedy ?? 'Try again.', response.status);
}
