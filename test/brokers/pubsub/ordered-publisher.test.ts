import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { OrderedPublisher, type TopicMessage } from '../../../brokers/pubsub/ordered-publisher.js';

const message = (key: string, n: number, bytes = 1): TopicMessage => ({
  data: Buffer.alloc(bytes, n),
  attributes: { n: String(n) },
  orderingKey: key,
});
const unavailable = () => Object.assign(new Error('away'), { code: 14 });

function start(request: (messages: readonly TopicMessage[]) => Promise<void>, patienceMillis = 60_000) {
  let now = 0;
  return new OrderedPublisher(request, {
    patienceMillis,
    clock: () => now,
    sleep: async (milliseconds) => void (now += milliseconds),
  });
}

describe('an ordered publisher', () => {
  test('keeps the order of each key through failures, one key a request', async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', ''), fc.boolean()), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const taken = new Map<string, number[]>();
        const failures = plan.map(([, fails]) => fails);
        const publisher = start(async (messages) => {
          const [first] = messages;
          await new Promise((resolve) => setImmediate(resolve));
          if (failures.pop()) throw unavailable();
          expect(new Set(messages.map(({ orderingKey }) => orderingKey)).size).toBe(1);
          const key = first?.orderingKey ?? '';
          taken.set(key, [...(taken.get(key) ?? []), ...messages.map(({ attributes }) => Number(attributes['n']))]);
        });
        for (const [n, [key]] of plan.entries()) await publisher.add(message(key, n));
        await publisher.flush();
        for (const key of ['a', 'b', 'c']) {
          expect(taken.get(key) ?? []).toEqual(plan.flatMap(([own], n) => (own === key ? [n] : [])));
        }
        expect(publisher.published).toBe(plan.length);
      }),
    );
  });

  test('makes requests of 1,000 messages and 9 MB at most, and sends a larger message alone', async () => {
    const requests: number[] = [];
    const publisher = start(async (messages) => void requests.push(messages.length));
    for (let n = 0; n < 1_500; n += 1) await publisher.add(message('a', n));
    await publisher.flush();
    expect(requests).toEqual([1_000, 500]);
    requests.length = 0;
    for (const bytes of [4e6, 4e6, 9.5e6, 1]) await publisher.add(message('a', 0, bytes));
    await publisher.flush();
    expect(requests).toEqual([2, 1, 1]);
  });

  test('publishes by itself when much is held, and makes the sender wait for it', async () => {
    let published = 0;
    const publisher = start(async (messages) => void (published += messages.length));
    for (let n = 0; n < 20_000; n += 1) await publisher.add(message('', n));
    expect(published).toBe(20_000);
  });

  test('gives up when patience has run out, with what the broker said last and nothing under way', async () => {
    let underWay = 0;
    const publisher = start(async () => {
      underWay += 1;
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      throw unavailable();
    }, 1_000);
    for (const key of ['a', 'b', 'c']) await publisher.add(message(key, 1));
    await expect(publisher.flush()).rejects.toThrow('away');
    expect(underWay).toBe(0);
  });

  test('waits for a topic that was there a moment ago, and not for one that never was', async () => {
    let answers = ['ok', 'gone', 'ok'];
    const publisher = start(async () => {
      if (answers.shift() === 'gone') throw Object.assign(new Error('gone'), { code: 5 });
    });
    await publisher.add(message('a', 1));
    await publisher.flush();
    await publisher.add(message('a', 2));
    await publisher.flush();
    expect(publisher.published).toBe(2);
    answers = ['gone'];
    const other = start(async () => Promise.reject(Object.assign(new Error('gone'), { code: 5 })));
    await other.add(message('a', 1));
    await expect(other.flush()).rejects.toThrow('gone');
  });
});
