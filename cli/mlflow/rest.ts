import type { MlflowEndpoint } from './endpoint.js';
import { explainMlflow, MlflowRefusal, refusalIn } from './mlflow-error.js';

/** A slow server is waited for so long; one that hangs is not. */
const PATIENCE_MILLIS = 60_000;

/** What MLflow answers: JSON, read field by field by whoever asked. */
export type Answer = Readonly<Record<string, unknown>>;

/**
 * MLflow's REST interface, by plain fetch. Nothing is tried twice here: an answer that was lost may stand for something that
 * happened, so whoever pushes looks first and a second push finds it.
 */
export class MlflowRest {
  constructor(private readonly endpoint: MlflowEndpoint) {}

  get url(): string {
    return this.endpoint.url;
  }

  /** @throws ConfigurationError where it cannot be reached or refuses, see {@link explainMlflow} */
  async get(path: string, query: Readonly<Record<string, string>>, action: string): Promise<Answer> {
    return this.#said(action, () => this.#json(`${path}?${new URLSearchParams(query)}`, { method: 'GET' }));
  }

  /** The same, null where MLflow answers that there is no such thing. */
  async find(path: string, query: Readonly<Record<string, string>>, action: string): Promise<Answer | null> {
    return this.#said(action, async () => {
      try {
        return await this.#json(`${path}?${new URLSearchParams(query)}`, { method: 'GET' });
      } catch (error) {
        // INVALID_PARAMETER_VALUE is how it calls an alias that is not there.
        if (error instanceof MlflowRefusal && ABSENT.has(error.code ?? '')) return null;
        throw error;
      }
    });
  }

  async post(path: string, body: object, action: string): Promise<Answer> {
    const request = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return this.#said(action, () => this.#json(path, request));
  }

  /** The same; false where there is one of that name already. */
  async create(path: string, body: object, action: string): Promise<boolean> {
    const request = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return this.#said(action, async () => {
      try {
        await this.#json(path, request);
        return true;
      } catch (error) {
        if (error instanceof MlflowRefusal && error.code === 'RESOURCE_ALREADY_EXISTS') return false;
        throw error;
      }
    });
  }

  /** The bytes of an artefact; null where there is none. */
  async download(path: string): Promise<Uint8Array | null> {
    return this.#said(`read ${path}`, async () => {
      const answer = await this.#fetch(ARTIFACTS + path, { method: 'GET' });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
      const text = await answer.text();
      const refusal = refusalIn(answer.status, text);
      // An artefact that is not there is a 404, or a 500 from stores that raise what they met.
      if (answer.status === 404 || /no such (file|artifact)/i.test(refusal.detail)) return null;
      throw refusal;
    });
  }

  async upload(path: string, bytes: Uint8Array): Promise<void> {
    const headers = { 'content-type': 'application/octet-stream' };
    await this.#said(`upload ${path}`, async () => {
      const answer = await this.#fetch(ARTIFACTS + path, { method: 'PUT', body: bytes, headers });
      if (!answer.ok) throw refusalIn(answer.status, await answer.text());
    });
  }

  async #json(path: string, request: RequestInit): Promise<Answer> {
    const answer = await this.#fetch(`/api/2.0/mlflow/${path}`, request);
    const text = await answer.text();
    if (!answer.ok) throw refusalIn(answer.status, text);
    try {
      return JSON.parse(text) as Answer;
    } catch {
      // A page, not an interface: something else listens there.
      throw new MlflowRefusal(404, null, 'no JSON');
    }
  }

  #fetch(path: string, request: RequestInit): Promise<Response> {
    const { authorization, url } = this.endpoint;
    const headers = { ...request.headers, ...(authorization === null ? {} : { authorization }) };
    // Elsewhere nobody asked for the token.
    const fixed = { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MILLIS) } as const;
    return fetch(url + path, { ...request, ...fixed, headers });
  }

  async #said<T>(action: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainMlflow(error, this.endpoint.url, action);
    }
  }
}

const ARTIFACTS = '/api/2.0/mlflow-artifacts/artifacts/';
const ABSENT = new Set(['RESOURCE_DOES_NOT_EXIST', 'INVALID_PARAMETER_VALUE']);
