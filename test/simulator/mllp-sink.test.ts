import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { MllpSource } from '../../pipeline/sources/mllp/mllp-source.js';
import { mllpSettings } from '../../pipeline/sources/mllp/settings.js';
import { openMllpSender, type MllpPatience } from '../../simulator/sinks/mllp.js';
import { HEART_RATE, hl7, MSH, OBR, PID } from '../transforms/decode/hl7v2-messages.js';

const PATIENCE: MllpPatience = { pauseMillis: [5, 50], giveUpMillis: 30_000, openMillis: 30_000, answerMillis: 30_000 };
const oru = (id: number): string => hl7(MSH.replace('|M-1|', `|${id}|`), PID, OBR, HEART_RATE);
const lines = (...messages: readonly string[]): Buffer =>
  Buffer.from(messages.map((message) => `${message}\n`).join(''));

function listener(port = 0): MllpSource {
  return new MllpSource(mllpSettings(`mllp://127.0.0.1:${port}`, false, null), {
    clock: () => 0,
    notice: () => {},
    answerPrefix: 'V',
  });
}

/** Takes messages and acknowledges them until so many have come; what came. */
async function take(source: MllpSource, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    await source.wait(5_000, new AbortController().signal);
    const pulled = await source.pull({ messages: count - taken.length, bytes: 1 << 20 });
    taken.push(...pulled.messages.map(({ payload }) => Buffer.from(payload).toString()));
    await pulled.acknowledge();
  }
  return taken;
}

describe('sending simulated messages over MLLP', () => {
  test('each message arrives once, and the end waits for the last answer', async () => {
    const source = listener();
    await source.resume();
    const sink = await openMllpSender(source.url, PATIENCE);
    const messages = Array.from({ length: 600 }, (_, id) => oru(id));
    const sending = sink.write(lines(...messages), 0, 'hl7v2').then(() => sink.endFile());
    const taken = await take(source, messages.length);
    await sending;
    expect(taken).toEqual(messages);
    await sink.close();
    await source.close();
  });

  test('what a listener that stops did not store is sent to the next one', async () => {
    const first = listener();
    await first.resume();
    const sink = await openMllpSender(first.url, PATIENCE);
    const messages = Array.from({ length: 20 }, (_, id) => oru(id));
    const sending = sink.write(lines(...messages), 0, 'hl7v2').then(() => sink.endFile());
    const stored = await take(first, 5);
    await first.close();
    const second = listener(first.port);
    await second.resume();
    const rest = await take(second, messages.length - stored.length);
    await sending;
    expect([...stored, ...rest]).toEqual(messages);
    await sink.close();
    await second.close();
  });

  test('messages without an answer are sent again when their connection breaks', async () => {
    let broken = 0;
    const breaking = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        broken += 1;
        socket.resetAndDestroy();
        if (broken === 3) breaking.close(() => void replacement.resume());
      });
    });
    await new Promise<void>((resolve) => breaking.listen(0, '127.0.0.1', resolve));
    const { port } = breaking.address() as AddressInfo;
    const replacement = listener(port);
    const sink = await openMllpSender(`mllp://127.0.0.1:${port}`, PATIENCE);
    const sending = sink.write(lines(oru(1), oru(2)), 0, 'hl7v2').then(() => sink.endFile());
    expect(await take(replacement, 2)).toEqual([oru(1), oru(2)]);
    await sending;
    expect(broken).toBe(3);
    await sink.close();
    await replacement.close();
  });

  test('another dialect than HL7 v2 is refused', async () => {
    const source = listener();
    await source.resume();
    const sink = await openMllpSender(source.url, PATIENCE);
    await expect(sink.write(lines('{}'), 0, 'json')).rejects.toThrow(
      '--sink: MLLP carries HL7 v2, not json. Add --dialect hl7v2.',
    );
    await sink.close();
    await source.close();
  });

  test('an address where nobody listens is a mistake in the configuration', async () => {
    await expect(openMllpSender('mllp://127.0.0.1:1', { ...PATIENCE, openMillis: 0 })).rejects.toThrow(
      /--sink: nobody listens on mllp:\/\/127.0.0.1:1 \(ECONNREFUSED\)/,
    );
  });
});
