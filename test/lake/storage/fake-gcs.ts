import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32c, crc32cText } from '../../../lake/storage/crc32c.js';
import { flip, NO_FAULTS, type Fault, type Faults } from './faults.js';

interface StoredObject {
  readonly bytes: Buffer;
  readonly generation: number;
  readonly crc32c: string;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Session {
  readonly name: string;
  readonly total: number;
  readonly crc32c: string;
  readonly metadata: Readonly<Record<string, string>>;
  received: Buffer;
}

/** What an upload says of the object to be. */
interface Description {
  readonly name: string;
  readonly crc32c: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | object;
}

/** Fewer names a page than anybody asks for, as the service may give. */
const PAGE = 5;

/** Pieces of a resumable upload, but the last, are whole multiples of this. */
const QUANTUM = 256 << 10;

/**
 * A stand-in for the storage's JSON API that knows only what this project sends and refuses everything else: an upload
 * without a precondition or a checksum, an unknown parameter, a piece in the wrong place. Faults are injected on demand.
 */
export class FakeGcs {
  readonly buckets = new Map<string, Map<string, StoredObject>>();
  readonly requests: string[] = [];
  faults: Faults = NO_FAULTS;
  /** Answers everything with this status, e.g. 401. */
  refuse: { readonly status: number; readonly message: string } | null = null;
  /** What becomes of the names of a page on their way. */
  tamper: (names: string[]) => string[] = (names) => names;
  readonly #sessions = new Map<string, Session>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #generation = Date.now() * 1000;

  /** @param bucket the one bucket that exists */
  static async start(bucket = 'lake-bucket'): Promise<FakeGcs> {
    const fake = new FakeGcs();
    fake.buckets.set(bucket, new Map());
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What a bucket holds, by name. */
  objects(bucket = 'lake-bucket'): Map<string, StoredObject> {
    return this.buckets.get(bucket)!;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return; // The client gave up.
    }
    const url = new URL(request.url ?? '/', 'http://fake');
    const body = Buffer.concat(chunks);
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${url.pathname}${url.search}`);
    const fault = this.faults(method, url);
    if (fault?.kind === 'status') return send(response, refusal(fault.status, 'injected'), null);
    if (fault?.kind === 'silence') return;
    const received = fault?.kind === 'damaged upload' ? flip(body) : body;
    const answer = this.refuse
      ? refusal(this.refuse.status, this.refuse.message)
      : this.#answer(method, url, request.headers, received);
    if (fault?.kind === 'late status') return send(response, refusal(fault.status, 'injected after the fact'), null);
    if (fault?.kind === 'lost answer') return void response.destroy();
    send(response, answer, fault);
  }

  #answer(method: string, url: URL, headers: IncomingMessage['headers'], body: Buffer): Answer {
    const [, upload, bucket = '', name] =
      /^(\/upload)?\/storage\/v1\/b\/([^/]+)\/o(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
    const objects = this.buckets.get(bucket);
    if (!objects) return refusal(404, 'The specified bucket does not exist.');
    if (upload && method === 'POST') return this.#startUpload(objects, url, headers, body);
    if (upload && method === 'PUT') return this.#continueUpload(objects, url, headers, body);
    if (method === 'GET' && name === undefined) return list(objects, url, this.tamper);
    const found = objects.get(decodeURIComponent(name ?? ''));
    if (!found) return refusal(404, `No such object: ${bucket}/${name}`);
    if (method === 'GET' && url.searchParams.get('alt') === 'media') return media(found, headers.range);
    if (method === 'GET') return only(url, ['fields']) ?? { status: 200, body: describe(found) };
    if (method === 'DELETE') {
      objects.delete(decodeURIComponent(name ?? ''));
      return { status: 204 };
    }
    return refusal(405, 'not known');
  }

  #startUpload(
    objects: Map<string, StoredObject>,
    url: URL,
    headers: IncomingMessage['headers'],
    body: Buffer,
  ): Answer {
    const wrong = only(url, ['uploadType', 'ifGenerationMatch', 'fields', 'name']);
    if (wrong) return wrong;
    if (url.searchParams.get('ifGenerationMatch') !== '0') return refusal(400, 'an upload without a precondition');
    if (url.searchParams.get('uploadType') === 'resumable') {
      const { name, crc32c: checksum, metadata = {} } = JSON.parse(String(body)) as Description;
      const total = Number(headers['x-upload-content-length']);
      if (!(total > 0) || typeof checksum !== 'string') return refusal(400, 'no length, or nothing to compare with');
      const id = `session-${(this.#generation += 1)}`;
      this.#sessions.set(id, { name, total, crc32c: checksum, metadata, received: Buffer.alloc(0) });
      // An address of its own, as emulators behind a proxy give.
      return { status: 200, headers: { location: `http://elsewhere:1${url.pathname}?upload_id=${id}` } };
    }
    const boundary = /boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
    const [, head = '', rest = ''] = body.toString('latin1').split(`--${boundary}\r\n`);
    const start = rest.indexOf('\r\n\r\n') + 4;
    const bytes = Buffer.from(rest.slice(start, rest.lastIndexOf(`\r\n--${boundary}--`)), 'latin1');
    let description: Description;
    try {
      description = JSON.parse(head.slice(head.indexOf('{'))) as Description;
    } catch {
      return refusal(400, 'checksum cannot be read');
    }
    const { name, crc32c: checksum, metadata = {} } = description;
    return this.#create(objects, name, bytes, checksum, metadata);
  }

  #continueUpload(
    objects: Map<string, StoredObject>,
    url: URL,
    headers: IncomingMessage['headers'],
    body: Buffer,
  ): Answer {
    const id = url.searchParams.get('upload_id') ?? '';
    const session = this.#sessions.get(id);
    if (!session) return refusal(404, 'no such session');
    const range = headers['content-range'] ?? '';
    const progress = (): Answer => {
      const kept = session.received.length;
      return { status: 308, headers: kept === 0 ? {} : { range: `bytes=0-${kept - 1}` } };
    };
    if (range === `bytes */${session.total}`) return progress();
    const [, first, last] = /^bytes (\d+)-(\d+)\/\d+$/.exec(range) ?? [];
    if (Number(first) !== session.received.length || Number(last) - Number(first) + 1 !== body.length) {
      return refusal(400, `a piece in the wrong place: ${range}`);
    }
    const end = Number(last) + 1;
    if (end < session.total && body.length % QUANTUM !== 0) return refusal(400, 'a piece of a wrong length');
    session.received = Buffer.concat([session.received, body]);
    if (end < session.total) return progress();
    this.#sessions.delete(id);
    return this.#create(objects, session.name, session.received, session.crc32c, session.metadata);
  }

  #create(
    objects: Map<string, StoredObject>,
    name: string,
    bytes: Buffer,
    checksum: string,
    metadata: Readonly<Record<string, string>>,
  ): Answer {
    const calculated = crc32cText(crc32c(bytes));
    if (checksum !== calculated) return refusal(400, `Provided CRC32C "${checksum}" doesn't match "${calculated}".`);
    if (objects.has(name)) return refusal(412, 'At least one of the pre-conditions you specified did not hold.');
    const stored = { bytes, generation: (this.#generation += 1), crc32c: calculated, metadata };
    objects.set(name, stored);
    return { status: 200, body: describe(stored) };
  }
}

function list(objects: ReadonlyMap<string, StoredObject>, url: URL, tamper: FakeGcs['tamper']): Answer {
  const wrong = only(url, ['prefix', 'maxResults', 'fields', 'pageToken']);
  if (wrong) return wrong;
  const prefix = url.searchParams.get('prefix') ?? '';
  const after = Buffer.from(url.searchParams.get('pageToken') ?? '', 'base64').toString('utf8');
  const names = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > after).sort();
  const page = names.slice(0, PAGE);
  const nextPageToken = names.length > PAGE ? Buffer.from(page.at(-1)!).toString('base64') : undefined;
  const items = page.length === 0 ? {} : { items: tamper(page).map((name) => ({ name })) };
  return { status: 200, body: { ...items, ...(nextPageToken === undefined ? {} : { nextPageToken }) } };
}

function media({ bytes, crc32c: checksum, generation }: StoredObject, range: string | undefined): Answer {
  const headers = {
    'content-type': 'application/octet-stream',
    'x-goog-hash': `crc32c=${checksum},md5=unused`,
    'x-goog-stored-content-length': String(bytes.length),
    'x-goog-generation': String(generation),
  };
  if (range === undefined) return { status: 200, headers, body: bytes };
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  const start = Number(first);
  if (start >= bytes.length) return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } };
  const end = last === '' ? bytes.length : Math.min(bytes.length, Number(last) + 1);
  const part = { ...headers, 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` };
  return { status: 206, headers: part, body: bytes.subarray(start, end) };
}

function describe({ bytes, generation, crc32c: checksum, metadata }: StoredObject): object {
  const updated = new Date(generation / 1000).toISOString();
  return { size: String(bytes.length), updated, generation: String(generation), crc32c: checksum, metadata };
}

/** The refusal of a request with a parameter that is not one of these. */
function only(url: URL, known: readonly string[]): Answer | null {
  const stray = [...url.searchParams.keys()].find((name) => !known.includes(name));
  return stray === undefined ? null : refusal(400, `unknown parameter ${stray}`);
}

function refusal(status: number, message: string): Answer {
  return { status, body: { error: { code: status, message, errors: [{ reason: 'fake', message }] } } };
}

/** Sends an answer, or what a fault leaves of it. */
function send(response: ServerResponse, { status, headers = {}, body }: Answer, fault: Fault | null): void {
  const isBytes = Buffer.isBuffer(body);
  const bytes = isBytes ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const all = { 'content-type': 'application/json', ...headers };
  const half = bytes.subarray(0, bytes.length >> 1);
  if (fault?.kind === 'cut' && bytes.length > 1) {
    response.writeHead(status, { ...all, 'content-length': String(bytes.length) });
    response.write(half, () => response.destroy());
  } else if (fault?.kind === 'short' && bytes.length > 1) {
    response.writeHead(status, { ...all, 'content-length': String(half.length) });
    response.end(half);
  } else if (fault?.kind === 'damaged download' && isBytes && status === 200 && bytes.length > 0) {
    response.writeHead(status, { ...all, 'content-length': String(bytes.length) });
    response.end(flip(bytes));
  } else {
    // A 204 has no body and no length.
    response.writeHead(status, status === 204 ? headers : { ...all, 'content-length': String(bytes.length) });
    response.end(status === 204 ? undefined : bytes);
  }
}
