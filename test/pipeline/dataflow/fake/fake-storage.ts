import { crc32c, crc32cText } from '../../../../lake/storage/crc32c.js';

/** An answer of a fake service. */
export interface Answer {
  readonly status: number;
  readonly body: object | Uint8Array;
}

interface StoredFile {
  readonly bytes: Uint8Array;
  readonly metadata: unknown;
}

/** The parts of Cloud Storage's JSON API that a submission uses: one bucket, uploads in one request, put-if-absent. */
export class FakeStorage {
  /** By `bucket/name`. */
  readonly files = new Map<string, StoredFile>();

  constructor(private readonly buckets: readonly string[]) {}

  /** @returns null for a request that is none of storage's */
  handle(method: string, url: URL, contentType: string, body: Uint8Array): Answer | null {
    const upload = /^\/upload\/storage\/v1\/b\/([^/]+)\/o$/.exec(url.pathname);
    const object = /^\/storage\/v1\/b\/([^/]+)\/o\/(.+)$/.exec(url.pathname);
    const listing = /^\/storage\/v1\/b\/([^/]+)\/o$/.exec(url.pathname);
    const bucket = (upload ?? object ?? listing)?.[1];
    if (bucket === undefined) return null;
    if (!this.buckets.includes(bucket)) return refusal(404, 'The specified bucket does not exist.');
    if (upload && method === 'POST') return this.#upload(bucket, url, contentType, body);
    if (listing && method === 'GET') return this.#list(bucket, url.searchParams.get('prefix') ?? '');
    if (object && method === 'GET') return this.#get(`${bucket}/${decodeURIComponent(object[2] ?? '')}`, url);
    return refusal(405, `${method} is not known to this fake`);
  }

  #upload(bucket: string, url: URL, contentType: string, body: Uint8Array): Answer {
    if (url.searchParams.get('uploadType') !== 'multipart') return refusal(400, 'only multipart uploads here');
    if (url.searchParams.get('ifGenerationMatch') !== '0') return refusal(400, 'only put-if-absent here');
    const { description, bytes } = partsOf(contentType, body);
    const key = `${bucket}/${description.name}`;
    if (this.files.has(key)) return refusal(412, 'At least one of the pre-conditions you specified did not hold.');
    if (description.crc32c !== undefined && description.crc32c !== crc32cText(crc32c(bytes))) {
      return refusal(400, `Provided CRC32C "${description.crc32c}" does not match`);
    }
    this.files.set(key, { bytes, metadata: description.metadata });
    return this.#describe(key);
  }

  #list(bucket: string, prefix: string): Answer {
    const names = [...this.files.keys()].filter((key) => key.startsWith(`${bucket}/${prefix}`)).sort();
    return { status: 200, body: { items: names.map((key) => ({ name: key.slice(bucket.length + 1) })) } };
  }

  #get(key: string, url: URL): Answer {
    const file = this.files.get(key);
    if (!file) return refusal(404, `No such object: ${key}`);
    return url.searchParams.get('alt') === 'media' ? { status: 200, body: file.bytes } : this.#describe(key);
  }

  #describe(key: string): Answer {
    const file = this.files.get(key);
    const { bytes, metadata } = file ?? { bytes: new Uint8Array(), metadata: undefined };
    return {
      status: 200,
      body: {
        name: key.slice(key.indexOf('/') + 1),
        size: String(bytes.length),
        crc32c: crc32cText(crc32c(bytes)),
        generation: '1',
        updated: '2026-11-21T04:00:00.000Z',
        metadata,
      },
    };
  }
}

function partsOf(contentType: string, body: Uint8Array) {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1] ?? '';
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const head = text.indexOf('\r\n\r\n') + 4;
  const between = text.indexOf(`\r\n--${boundary}`, head);
  const start = text.indexOf('\r\n\r\n', between) + 4;
  const end = text.lastIndexOf(`\r\n--${boundary}--`);
  const description = JSON.parse(text.toString('utf8', head, between)) as {
    name: string;
    crc32c?: string;
    metadata?: unknown;
  };
  return { description, bytes: new Uint8Array(text.subarray(start, end)) };
}

/** An error as Google's APIs word it. */
export function refusal(code: number, message: string, status?: string): Answer {
  return { status: code, body: { error: { code, message, ...(status === undefined ? {} : { status }) } } };
}
