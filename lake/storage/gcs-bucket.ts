import { damagedReply, noBucket, refusal } from './gcs-failure.js';
import { describesItself, OBJECT_FIELDS, parseObject, parsePage, verifyPart, verifyWhole } from './gcs-object.js';
import type { GcsObject, Page } from './gcs-object.js';
import type { GcsReply } from './gcs-reply.js';
import { GcsTransport, type GcsRequest, type GcsTransportOptions } from './gcs-request.js';
import type { GcsUrl } from './gcs-url.js';

/** Names of a page of a listing: the most that the storage gives. */
const PAGE = '1000';

/**
 * The objects below a prefix of a bucket, one attempt at a time: every answer is checked for being whole, nothing is
 * repeated. Names are relative to the prefix.
 */
export class GcsBucket {
  readonly #transport: GcsTransport;
  /** Resolves once the bucket has been seen. */
  #seen: Promise<void> | null = null;

  constructor(
    readonly place: GcsUrl,
    options: GcsTransportOptions,
  ) {
    this.#transport = new GcsTransport(options);
  }

  /** `/storage/v1/b/<bucket>`. */
  get path(): string {
    return `/storage/v1/b/${this.place.bucket}`;
  }

  send(request: GcsRequest): Promise<GcsReply> {
    return this.#transport.send(request);
  }

  /** All bytes of an object; null when there is none. */
  async readWhole(name: string): Promise<Uint8Array | null> {
    const reply = await this.#get(name, {});
    if (reply === null) return null;
    if (reply.status !== 200) throw refusal(reply);
    return verifyWhole(reply, describesItself(reply.headers) ? null : await this.look(name));
  }

  /** Bytes of an object from `start` on, none when it ends before; null when there is no object. */
  async readPart(name: string, start: number, endExclusive: number | null): Promise<Uint8Array | null> {
    const range = `bytes=${start}-${endExclusive === null ? '' : endExclusive - 1}`;
    const reply = await this.#get(name, { range });
    if (reply === null) return null;
    if (reply.status === 416) return new Uint8Array(0);
    if (reply.status === 200) throw damagedReply('the range was ignored');
    if (reply.status !== 206) throw refusal(reply);
    return verifyPart(reply, start, endExclusive);
  }

  async look(name: string): Promise<GcsObject | null> {
    const query = { fields: OBJECT_FIELDS };
    const reply = await this.send({ method: 'GET', url: this.#objectPath(name), query });
    if (reply.status === 200) return parseObject(reply.body);
    if (reply.status !== 404) throw refusal(reply);
    await this.#mustBeThere();
    return null;
  }

  async delete(name: string): Promise<void> {
    const reply = await this.send({ method: 'DELETE', url: this.#objectPath(name) });
    if (reply.status === 404) return this.#mustBeThere();
    if (reply.status !== 204 && reply.status !== 200) throw refusal(reply);
  }

  /**
   * One page of a listing.
   *
   * @param token of the page, undefined for the first
   * @param last the name before the page: names rise from page to page, so that one that came twice or was left out shows
   */
  async listPage(prefix: string, token: string | undefined, last: string): Promise<Page> {
    const root = this.place.prefix;
    const query = { prefix: root + prefix, maxResults: PAGE, fields: 'items(name),nextPageToken' };
    const reply = await this.send({
      method: 'GET',
      url: `${this.path}/o`,
      query: token === undefined ? query : { ...query, pageToken: token },
    });
    if (reply.status === 404) throw noBucket(this.place);
    if (reply.status !== 200) throw refusal(reply);
    const page = parsePage(reply.body);
    // Somebody may have made an object for the prefix itself, as consoles do for folders.
    const names = page.names.map((name) => name.slice(root.length)).filter((name) => name !== '');
    if (names.some((name, i) => name <= (names[i - 1] ?? last))) throw damagedReply('the listing is out of order');
    this.#seen ??= Promise.resolve();
    return { names, next: page.next };
  }

  async #get(name: string, headers: Readonly<Record<string, string>>): Promise<GcsReply | null> {
    const reply = await this.send({ method: 'GET', url: this.#objectPath(name), query: { alt: 'media' }, headers });
    if (reply.status !== 404) return reply;
    await this.#mustBeThere();
    return null;
  }

  /** What is not there may be missing together with its bucket, and then a flag is wrong. Asked until it is seen once. */
  async #mustBeThere(): Promise<void> {
    this.#seen ??= this.listPage('', undefined, '').then(
      () => undefined,
      (error: unknown) => {
        this.#seen = null;
        throw error;
      },
    );
    await this.#seen;
  }

  #objectPath(name: string): string {
    return `${this.path}/o/${encodeURIComponent(this.place.prefix + name)}`;
  }
}
