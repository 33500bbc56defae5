import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LakeError } from '../../../lake/lake-error.js';
import { GcsStorage, type GcsOptions } from '../../../lake/storage/gcs.js';
import { ConfigurationError } from '../../../schema/errors.js';
import { FakeGcs } from './fake-gcs.js';
import { firstFaults, NO_FAULTS, type Fault } from './faults.js';

const CHUNK = 256 << 10;
const text = (value: string) => Buffer.from(value, 'utf8');

let fake: FakeGcs;
let waits: number[] = [];
beforeEach(async () => {
  fake = await FakeGcs.start();
  waits = [];
});
afterEach(() => fake.stop());

function open(options: GcsOptions = {}, url = 'gs://lake-bucket/lake'): GcsStorage {
  const wait = (millis: number) => Promise.resolve(void waits.push(millis));
  return new GcsStorage(url, {
    endpoint: fake.endpoint,
    timeoutMillis: 10_000,
    chunkBytes: CHUNK,
    retries: { attempts: 4, firstDelayMillis: 100, maxDelayMillis: 250 },
    means: { random: () => 0.5, wait },
    ...options,
  });
}

/** Nobody waits ten seconds for an answer that never comes. */
const impatient = ({ kind }: Fault): GcsOptions => (kind === 'silence' ? { timeoutMillis: 1_000 } : {});

const uploads = (method: string, url: URL) => method === 'POST' && url.pathname.startsWith('/upload');

describe('a request that may be tried again', () => {
  test.each([408, 409, 429, 500, 502, 503, 504])(
    'is, after %s, with a wait that doubles up to its limit',
    async (status) => {
      fake.faults = firstFaults({ kind: 'status', status }, 3);
      expect(await open().putIfAbsent('a', text('a'))).toBe('created');
      expect(waits).toEqual([50, 100, 125]);
    },
  );

  test('waits as long as chance says, between nothing and the limit', async () => {
    const draws = [0, 0.999, 0.25];
    fake.faults = firstFaults({ kind: 'status', status: 503 }, 3);
    const means = { random: () => draws.shift()!, wait: (millis: number) => Promise.resolve(void waits.push(millis)) };
    await open({ means }).stat('a');
    expect(waits).toEqual([0, 199.8, 62.5]);
  });

  test.each<Fault>([
    { kind: 'silence' },
    { kind: 'cut' },
    { kind: 'short' },
    { kind: 'damaged download' },
    { kind: 'lost answer' },
  ])('is, when a read meets $kind', async (fault) => {
    await open().putIfAbsent('a', text('hello, world'));
    fake.faults = firstFaults(fault, 2);
    expect(String(Buffer.from((await open(impatient(fault)).readRange('a', 0, null))!))).toBe('hello, world');
    expect(waits.length).toBeGreaterThanOrEqual(2);
  });

  test.each<Fault>([{ kind: 'cut' }, { kind: 'short' }])('is, when a part meets $kind', async (fault) => {
    await open().putIfAbsent('a', text('hello, world'));
    fake.faults = firstFaults(fault, 1);
    expect(String(Buffer.from((await open().readRange('a', 2, 9))!))).toBe('llo, wo');
  });

  test('is not tried more often than allowed, and then the error says what, where and what to do', async () => {
    fake.faults = () => ({ kind: 'status', status: 503 });
    const failure = open().list('t/');
    await expect(failure).rejects.toThrow(LakeError);
    await expect(failure).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message:
        'Cannot list gs://lake-bucket/lake/t/: HTTP 503: injected. Check the network, then start again: nothing that was committed is lost',
    });
    expect(fake.requests).toHaveLength(4);
  });

  test('a storage that nobody answers for is unreachable', async () => {
    const gone = await FakeGcs.start();
    const { endpoint } = gone;
    await gone.stop();
    await expect(open({ endpoint }).stat('a')).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});

describe('a put whose answer got lost', () => {
  test.each<Fault>([{ kind: 'lost answer' }, { kind: 'late status', status: 503 }, { kind: 'cut' }, { kind: 'short' }])(
    'finds its own object when it is tried again ($kind)',
    async (fault) => {
      fake.faults = firstFaults(fault, 1, uploads);
      expect(await open().putIfAbsent('a', text('mine'))).toBe('created');
      expect(fake.objects().size).toBe(1);
    },
  );

  test('is created even if no attempt ever hears so', async () => {
    fake.faults = firstFaults({ kind: 'lost answer' }, 4, uploads);
    expect(await open().putIfAbsent('a', text('mine'))).toBe('created');
  });

  test("does not take somebody else's object for its own, not even with the same bytes", async () => {
    await open().putIfAbsent('a', text('same'));
    fake.faults = firstFaults({ kind: 'status', status: 503 }, 1, uploads);
    expect(await open().putIfAbsent('a', text('same'))).toBe('exists');
  });

  test('is of unknown outcome, not failed quietly, when nobody can be asked', async () => {
    fake.faults = firstFaults({ kind: 'lost answer' }, 4, uploads);
    const faults = fake.faults;
    fake.faults = (method, url) => faults(method, url) ?? (method === 'GET' ? { kind: 'status', status: 503 } : null);
    await expect(open().putIfAbsent('a', text('mine'))).rejects.toMatchObject({ code: 'UNREACHABLE' });
    fake.faults = NO_FAULTS;
    expect(await open().stat('a')).toMatchObject({ size: 4 });
  });

  test('never leaves bytes that were damaged on the way', async () => {
    fake.faults = firstFaults({ kind: 'damaged upload' }, 2, uploads);
    const bytes = Buffer.alloc(4_000, 7);
    expect(await open().putIfAbsent('a', bytes)).toBe('created');
    expect(fake.objects().get('lake/a')?.bytes.equals(bytes)).toBe(true);
    expect(waits).toHaveLength(2);
  });
});

describe('a large object', () => {
  const large = Buffer.alloc(5 * CHUNK + 17, 3);
  const pieces = (method: string) => method === 'PUT';
  const sent = () => fake.requests.filter((request) => request.startsWith('PUT')).length;

  test('goes up in pieces', async () => {
    expect(await open().putIfAbsent('a', large)).toBe('created');
    expect(sent()).toBe(6);
    expect(fake.objects().get('lake/a')?.bytes.equals(large)).toBe(true);
  });

  test.each<Fault>([
    { kind: 'lost answer' },
    { kind: 'status', status: 503 },
    { kind: 'late status', status: 500 },
    { kind: 'silence' },
  ])('goes on where a broken connection left it ($kind)', async (fault) => {
    let count = 0;
    fake.faults = (method) => (method === 'PUT' && (count += 1) === 3 ? fault : null);
    expect(await open(impatient(fault)).putIfAbsent('a', large)).toBe('created');
    // One question how far it got, and at most that one piece again.
    expect(sent()).toBeLessThanOrEqual(8);
    expect(fake.objects().get('lake/a')?.bytes.equals(large)).toBe(true);
  });

  test('whose last answer got lost is found, in its session or as an object', async () => {
    let count = 0;
    fake.faults = (method) => (method === 'PUT' && (count += 1) === 6 ? { kind: 'lost answer' } : null);
    expect(await open().putIfAbsent('a', large)).toBe('created');
  });

  test('whose bytes were damaged goes up again from the start', async () => {
    fake.faults = firstFaults({ kind: 'damaged upload' }, 1, pieces);
    expect(await open().putIfAbsent('a', large)).toBe('created');
    expect(fake.requests.filter((request) => request.includes('uploadType=resumable'))).toHaveLength(2);
    expect(fake.objects().get('lake/a')?.bytes.equals(large)).toBe(true);
  });

  test('does not replace one that came first', async () => {
    await open().putIfAbsent('a', text('first'));
    expect(await open().putIfAbsent('a', large)).toBe('exists');
    expect(fake.objects().get('lake/a')?.bytes.toString()).toBe('first');
  });
});

describe('what an operator has to mend is said once, and not tried again', () => {
  const operations: readonly (readonly [string, (storage: GcsStorage) => Promise<unknown>])[] = [
    ['reading', (storage) => storage.readRange('a', 0, null)],
    ['reading a part', (storage) => storage.readRange('a', 1, 2)],
    ['listing', (storage) => storage.list('')],
    ['writing', (storage) => storage.putIfAbsent('a', text('a'))],
    ['writing much', (storage) => storage.putIfAbsent('a', Buffer.alloc(2 * CHUNK))],
    ['deleting', (storage) => storage.delete('a')],
    ['looking', (storage) => storage.stat('a')],
  ];

  test.each(operations)('a bucket that does not exist: %s', async (_, work) => {
    const failure = work(open({}, 'gs://no-such-bucket/lake'));
    await expect(failure).rejects.toThrow(ConfigurationError);
    await expect(failure).rejects.toThrow(
      '--lake: there is no bucket no-such-bucket (gs://no-such-bucket/lake). Create it (gcloud storage buckets create gs://no-such-bucket)',
    );
    expect(waits).toEqual([]);
  });

  test.each(operations)('no permission: %s', async (_, work) => {
    fake.refuse = { status: 403, message: 'robot@project does not have storage.objects access' };
    const failure = work(open());
    await expect(failure).rejects.toMatchObject({
      code: 'DENIED',
      message: expect.stringMatching(
        /^Cannot .* gs:\/\/lake-bucket\/lake.*: HTTP 403: robot@project .*\. Grant roles\/storage.objectUser on gs:\/\/lake-bucket/,
      ),
    });
    expect(fake.requests).toHaveLength(1);
  });

  test.each(operations)('credentials that are not valid: %s', async (_, work) => {
    fake.refuse = { status: 401, message: 'Invalid Credentials' };
    const failure = work(open());
    await expect(failure).rejects.toThrow(ConfigurationError);
    await expect(failure).rejects.toThrow(
      /^--lake: gs:\/\/lake-bucket.* the credentials are not valid .*Run gcloud auth/,
    );
    expect(fake.requests).toHaveLength(1);
  });

  test('a bucket is asked for only once', async () => {
    const storage = open();
    for (let i = 0; i < 5; i++) await storage.stat('nothing');
    expect(fake.requests.filter((request) => request.includes('maxResults'))).toHaveLength(1);
  });
});

test.each([
  ['backwards', (names: string[]) => names.reverse()],
  ['with a name twice', (names: string[]) => [...names, names.at(-1)!]],
])('a page of a listing that comes %s is asked for again', async (_, twist) => {
  for (let i = 0; i < 12; i++) await open().putIfAbsent(`t/${i}`, text('x'));
  let pages = 0;
  fake.tamper = (names) => ((pages += 1) === 2 ? twist(names) : names);
  expect(await open().list('t/')).toHaveLength(12);
  expect(waits).toHaveLength(1);
});
