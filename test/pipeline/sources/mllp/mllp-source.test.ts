import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MllpSource } from '../../../../pipeline/sources/mllp/mllp-source.js';
import { mllpSettings, type MllpLimits } from '../../../../pipeline/sources/mllp/settings.js';
import type { Pulled } from '../../../../pipeline/sources/source.js';
import { HEART_RATE, hl7, MSH, OBR, PID } from '../../../transforms/decode/hl7v2-messages.js';
import { codeOf, Sender } from './sender.js';

const NEVER = new AbortController().signal;
const ALL = { messages: 1_000, bytes: 1 << 20 };

const oru = (id: string): string => hl7(MSH.replace('|M-1|', `|${id}|`), PID, OBR, HEART_RATE);

interface Listening {
  readonly source: MllpSource;
  readonly notices: string[];
  /** Pulls until so many messages have come. */
  pull(messages: number): Promise<Pulled>;
}

async function listening<T>(limits: Partial<MllpLimits>, work: (listening: Listening) => Promise<T>): Promise<T> {
  const notices: string[] = [];
  const source = new MllpSource(mllpSettings('mllp://127.0.0.1:0', false, null), {
    clock: () => 0,
    notice: (line) => notices.push(line),
    answerPrefix: 'V',
    limits,
  });
  await source.resume();
  const pull = async (messages: number): Promise<Pulled> => {
    const pulls: Pulled[] = [];
    const pulled = () => pulls.flatMap((one) => one.messages);
    while (pulled().length < messages) {
      await source.wait(5_000, NEVER);
      pulls.push(await source.pull({ ...ALL, messages: messages - pulled().length }));
    }
    const acknowledge = async () => {
      for (const one of pulls) await one.acknowledge();
    };
    return { messages: pulled(), positions: {}, drained: true, acknowledge };
  };
  try {
    return await work({ source, notices, pull });
  } finally {
    await source.close();
  }
}

const texts = ({ messages }: Pulled): string[] => messages.map(({ payload }) => Buffer.from(payload).toString());

/** Resolves when a listener has counted an incident; the deadline is the test's own. */
async function incident(
  source: MllpSource,
  name: Parameters<MllpSource['incidents']['of']>[0],
  count = 1,
): Promise<void> {
  while (source.incidents.of(name) < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('an MLLP listener', () => {
  test('answers a message only when it is acknowledged, with AA and its control id', async () => {
    await listening({}, async ({ source, pull }) => {
      const sender = await Sender.to(source.port);
      sender.send(oru('A1'));
      const pulled = await pull(1);
      expect(texts(pulled)).toEqual([oru('A1')]);
      expect(pulled.messages[0]).toMatchObject({ dialect: 'hl7v2', attributes: null, message_id: null });
      expect(sender.answers).toEqual([]);
      await pulled.acknowledge();
      expect((await sender.answered(1)).map(codeOf)).toEqual(['AA A1']);
    });
  });

  test('messages sent before the first answer are answered in their order, of each sender', async () => {
    await listening({}, async ({ source, pull }) => {
      const senders = [await Sender.to(source.port), await Sender.to(source.port)];
      const ids = Array.from({ length: 50 }, (_, i) => `${i}`);
      senders.forEach((sender, s) => sender.send(...ids.map((id) => oru(`${s}-${id}`))));
      await (await pull(60)).acknowledge();
      await (await pull(40)).acknowledge();
      for (const [s, sender] of senders.entries()) {
        expect((await sender.answered(50)).map(codeOf)).toEqual(ids.map((id) => `AA ${s}-${id}`));
      }
    });
  });

  test('what is no message is recorded too, and answered AR', async () => {
    await listening({}, async ({ source, pull }) => {
      const sender = await Sender.to(source.port);
      const admission = oru('3').replace('ORU^R01^ORU_R01', 'ADT^A01^ADT_A01');
      sender.send('{"heart_rate":78}', '', admission, oru('4').replace('|P|', '|X|'));
      const pulled = await pull(4);
      expect(texts(pulled)[0]).toBe('{"heart_rate":78}');
      await pulled.acknowledge();
      expect((await sender.answered(4)).map(codeOf)).toEqual(['AR ', 'AR ', 'AR 3', 'AR 4']);
    });
  });

  test('bytes outside a block are recorded as what nobody can read, and not answered', async () => {
    await listening({}, async ({ source, notices, pull }) => {
      const sender = await Sender.to(source.port);
      sender.raw(oru('unframed'));
      sender.send(oru('1'));
      const pulled = await pull(2);
      expect(pulled.messages.map(({ dialect }) => dialect)).toEqual(['unframed', 'hl7v2']);
      await pulled.acknowledge();
      expect((await sender.answered(1)).map(codeOf)).toEqual(['AA 1']);
      expect(notices).toContain('mllp: 1 runs of bytes stood outside a message');
    });
  });

  test('a message that its sender begins again is recorded as unfinished, the new one as itself', async () => {
    await listening({}, async ({ source, pull }) => {
      const sender = await Sender.to(source.port);
      sender.raw(`\u000b${oru('1').slice(0, 60)}`);
      sender.send(oru('1'));
      const pulled = await pull(2);
      expect(pulled.messages.map(({ dialect }) => dialect)).toEqual(['unframed', 'hl7v2']);
      expect(texts(pulled)[1]).toBe(oru('1'));
      expect(source.incidents.of('unfinished')).toBe(1);
    });
  });

  test('a connection that is cut in the middle of a message leaves no message, and is noticed', async () => {
    await listening({}, async ({ source, pull }) => {
      const cut = await Sender.to(source.port);
      cut.raw(`\u000b${oru('1')}`);
      await cut.end();
      await incident(source, 'cut');
      const next = await Sender.to(source.port);
      next.send(oru('2'));
      expect(texts(await pull(1))).toEqual([oru('2')]);
    });
  });

  test('a sender that has sent its last and waits is answered before the end', async () => {
    await listening({}, async ({ source, pull }) => {
      const sender = await Sender.to(source.port);
      sender.send(oru('1'));
      sender.socket.end();
      await (await pull(1)).acknowledge();
      expect((await sender.answered(1)).map(codeOf)).toEqual(['AA 1']);
      await sender.ended();
    });
  });

  test('of a message that is too long the beginning is kept, with its length, and it is answered AR', async () => {
    await listening({ messageBytes: 1000 }, async ({ source, pull }) => {
      const sender = await Sender.to(source.port);
      sender.send(`${oru('1')}NTE|||${'x'.repeat(300_000)}\r`, oru('2'));
      const pulled = await pull(2);
      expect(pulled.messages[0]?.payload).toHaveLength(1000);
      expect(pulled.messages[0]?.attributes).toBe(JSON.stringify({ mllp_bytes: String(oru('1').length + 300_007) }));
      expect(texts(pulled)[1]).toBe(oru('2'));
    });
  });

  test('senders whose unfinished messages need more than there is are cut off', async () => {
    await listening({ unfinishedBytes: 10_000 }, async ({ source, pull }) => {
      const [greedy, modest] = [await Sender.to(source.port), await Sender.to(source.port)];
      greedy.raw(`\u000b${'x'.repeat(20_000)}`);
      await greedy.ended();
      expect(source.incidents.of('overflow')).toBe(1);
      modest.send(oru('1'));
      expect(texts(await pull(1))).toEqual([oru('1')]);
    });
  });

  test('a message may come a byte at a time', async () => {
    await listening({}, async ({ source, pull }) => {
      const sender = await Sender.to(source.port);
      for (const byte of Buffer.from(`\u000b${oru('1')}\u001c\r`)) sender.raw(Buffer.from([byte]));
      expect(texts(await pull(1))).toEqual([oru('1')]);
    });
  });

  test('silent senders are cut off, but not while they wait for an answer', async () => {
    await listening({ stalledMillis: 1_000, idleMillis: 1_000 }, async ({ source, pull }) => {
      const waiting = await Sender.to(source.port);
      waiting.send(oru('1'));
      const pulled = await pull(1);
      const [stalled, idle] = [await Sender.to(source.port), await Sender.to(source.port)];
      stalled.raw('\u000bMSH|');
      await Promise.all([stalled.ended(), idle.ended()]);
      expect([source.incidents.of('stalled'), source.incidents.of('idle')]).toEqual([1, 1]);
      await pulled.acknowledge();
      expect((await waiting.answered(1)).map(codeOf)).toEqual(['AA 1']);
    });
  });

  test('more connections than there may be are turned away', async () => {
    await listening({ connections: 2 }, async ({ source, pull }) => {
      const [first] = [await Sender.to(source.port), await Sender.to(source.port)];
      const third = await Sender.to(source.port);
      await third.ended();
      expect(source.incidents.of('refused')).toBe(1);
      first?.send(oru('1'));
      await (await pull(1)).acknowledge();
      expect((await first?.answered(1))?.map(codeOf)).toEqual(['AA 1']);
    });
  });

  test('no more is read than the buffer holds until some is taken, and nothing is lost', async () => {
    await listening({ bufferedMessages: 10 }, async ({ source }) => {
      const sender = await Sender.to(source.port);
      // Longer than what a socket hands over at once: at most one message comes after the buffer is full.
      const padding = `NTE|||${'x'.repeat(100_000)}\r`;
      const ids = Array.from({ length: 200 }, (_, i) => `${i}`);
      sender.send(...ids.map((id) => oru(id) + padding));
      for (let taken = 0; taken < ids.length;) {
        await source.wait(5_000, NEVER);
        const pulled = await source.pull({ messages: 1_000, bytes: 1 << 30 });
        expect(pulled.messages.length).toBeLessThanOrEqual(11);
        taken += pulled.messages.length;
        await pulled.acknowledge();
      }
      expect((await sender.answered(200)).map(codeOf)).toEqual(ids.map((id) => `AA ${id}`));
    });
  });

  test('a sender with too many unanswered messages is not read from, while others are', async () => {
    await listening({ unanswered: 5 }, async ({ source }) => {
      const [greedy, other] = [await Sender.to(source.port), await Sender.to(source.port)];
      const padding = `NTE|||${'x'.repeat(100_000)}\r`;
      greedy.send(...Array.from({ length: 30 }, (_, i) => oru(`greedy-${i}`) + padding));
      const pulls: Pulled[] = [];
      const taken = (name: string) => pulls.flatMap(texts).filter((text) => text.includes(`|${name}-`)).length;
      const pull = async () => {
        await source.wait(5_000, NEVER);
        pulls.push(await source.pull({ messages: 1_000, bytes: 1 << 30 }));
      };
      while (taken('greedy') < 5) await pull();
      for (let probe = 1; probe <= 4; probe += 1) {
        other.send(oru(`other-${probe}`));
        while (taken('other') < probe) await pull();
      }
      expect(taken('greedy')).toBeLessThanOrEqual(6);
      while (taken('greedy') < 30) {
        for (const pulled of pulls) await pulled.acknowledge();
        await pull();
      }
      for (const pulled of pulls) await pulled.acknowledge();
      expect(await greedy.answered(30)).toHaveLength(30);
      expect(await other.answered(4)).toHaveLength(4);
    });
  });

  test('when it closes, who waits is told to send again (AE), and nobody is told AA', async () => {
    const sender = await listening({}, async ({ source, pull }) => {
      const waiting = await Sender.to(source.port);
      waiting.send(oru('pulled'));
      await pull(1);
      waiting.send(oru('buffered'));
      await source.wait(5_000, NEVER);
      return waiting;
    });
    const answers = await sender.answered(2);
    expect(answers.map(codeOf)).toEqual(['AE pulled', 'AE buffered']);
    expect(answers[0]).toContain('ERR|||207^Application internal error^HL70357|E||||not stored');
    await sender.ended();
  });

  test('garbage never stops it: whatever is sent, a message on another connection is taken and answered', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(
            '\u000b',
            '\u001c',
            '\r',
            '\u001c\r',
            'MSH|^~\\&|',
            'PID|||',
            oru('x'),
            '\u0000',
            '{"a":1}',
            '|',
            '\u00ff',
          ),
          { maxLength: 20 },
        )
        .map((parts) => Buffer.from(parts.join(''), 'latin1')),
    );
    await listening({}, async ({ source }) => {
      const good = await Sender.to(source.port);
      let sent = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(bytes, { maxLength: 4 }), fc.boolean(), async (chunks, abrupt) => {
          const bad = await Sender.to(source.port);
          for (const chunk of chunks) bad.raw(chunk);
          if (abrupt) bad.socket.resetAndDestroy();
          else bad.socket.end();
          sent += 1;
          good.send(oru(`${sent}`));
          while (good.answers.length < sent) {
            await source.wait(5, NEVER);
            await (await source.pull(ALL)).acknowledge();
          }
          expect(codeOf(good.answers.at(-1) as string)).toBe(`AA ${sent}`);
        }),
        { numRuns: Number(process.env['VITALS_FUZZ_RUNS'] ?? 100), seed: 7 },
      );
    });
  });
});

describe('where an MLLP listener may listen', () => {
  const tls = { key: 'k', cert: 'c', ca: null };

  test('on this machine, and elsewhere only with a flag or TLS', () => {
    expect(mllpSettings('mllp://[::1]:1', false, null).address.host).toBe('::1');
    expect(() => mllpSettings('mllp://0.0.0.0:1', false, null)).toThrow(
      '--source: mllp://0.0.0.0:1 can be reached by others than programs of this machine, without encryption. ' +
        'Name 127.0.0.1, give --mllp-tls-key and --mllp-tls-cert, or allow it with --mllp-allow-remote.',
    );
    expect(mllpSettings('mllp://0.0.0.0:1', true, null).address.host).toBe('0.0.0.0');
    expect(mllpSettings('mllp://10.1.2.3', false, tls).tls).toBe(tls);
  });

  test('a port that is taken is a mistake in the configuration', async () => {
    await listening({}, async ({ source }) => {
      const second = new MllpSource(mllpSettings(source.url, false, null), {
        clock: () => 0,
        notice: () => {},
        answerPrefix: 'V',
      });
      await expect(second.resume()).rejects.toThrow(/--source: cannot listen on mllp:\/\/127.0.0.1:\d+ \(EADDRINUSE\)/);
    });
  });
});
