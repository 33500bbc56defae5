import {
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeJobs } from './fake-jobs.js';
import { FakeStorage, refusal, type Answer } from './fake-storage.js';

/** Passes a request on as it is, and its answer back. */
function forward(incoming: IncomingMessage, response: ServerResponse, endpoint: string): void {
  const { method, url = '', headers } = incoming;
  const outgoing = sendRequest(new URL(url, endpoint), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}

/** A request that the fake has had. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorized: boolean;
}

/** Fakes of the Dataflow and storage endpoints on one port of this machine. */
export class FakeGoogle {
  readonly storage = new FakeStorage(['demo-vitals-df', 'demo-vitals-lake']);
  readonly dataflow = new FakeJobs(this.storage);
  readonly seen: SeenRequest[] = [];
  /** Answers, or losses of an answer, for the next requests that match; `lost` carries the request out all the same. */
  /** Where the bucket of the lake is: a stand-in that can do all that a lake asks for. */
  lakeEndpoint: string | null = null;
  faults: { readonly matches: RegExp; readonly answer: Answer | 'lost' }[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      if (this.lakeEndpoint !== null && request.url?.includes('/b/demo-vitals-lake/')) {
        return forward(request, response, this.lakeEndpoint);
      }
      void this.#answer(request).then((answer) => {
        if (answer === 'lost') return response.destroy();
        const binary = answer.body instanceof Uint8Array;
        response.writeHead(answer.status, {
          'content-type': binary ? 'application/octet-stream' : 'application/json',
        });
        return response.end(binary ? answer.body : JSON.stringify(answer.body));
      });
    });
  }

  static async open(): Promise<FakeGoogle> {
    const fake = new FakeGoogle();
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<Answer | 'lost'> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url: path = '', headers } = request;
    this.seen.push({ method, path, authorized: headers.authorization !== undefined });
    const fault = this.faults.find(({ matches }) => matches.test(`${method} ${path}`));
    if (fault) this.faults = this.faults.filter((other) => other !== fault);
    if (fault && fault.answer !== 'lost') return fault.answer;
    const url = new URL(path, this.url);
    const answer =
      this.storage.handle(method, url, headers['content-type'] ?? '', body) ?? this.#dataflow(method, url, body);
    return fault ? 'lost' : answer;
  }

  #dataflow(method: string, url: URL, body: Buffer): Answer {
    try {
      return this.dataflow.handle(method, url, body.length === 0 ? undefined : JSON.parse(body.toString('utf8')));
    } catch (error) {
      return refusal(500, `the fake broke: ${String(error)}`);
    }
  }
}
