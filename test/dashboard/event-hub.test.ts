import { createServer, get, type IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { AnswerState } from '../../dashboard/api.js';
import { EventHub, frame } from '../../dashboard/server/event-hub.js';
import { listenTo } from './event-reader.js';

describe('an event', () => {
  test.each(['a\r\nb', 'a\u2028b', 'data: x\n\nevent: y', '</script>'])(
    'with %j in it stays one event of one line',
    (text) => {
      const lines = frame('alert', { text }).split(/\r\n|[\n\r\u2028\u2029]/);
      expect(lines).toHaveLength(4);
      expect(lines.slice(2)).toEqual(['', '']);
      expect(JSON.parse((lines[1] ?? '').slice('data: '.length))).toEqual({ text });
    },
  );
});

describe('the hub', () => {
  test('lets go of a listener that does not read, while another misses nothing', async () => {
    const hub = new EventHub();
    const server = createServer((_, response) => hub.add(response));
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const quick = await listenTo(`http://127.0.0.1:${port}`);
    const slow = await new Promise<IncomingMessage>((resolve) => get(`http://127.0.0.1:${port}/api/events`, resolve));
    slow.on('error', () => undefined);
    slow.pause();
    expect(hub.clients).toBe(2);
    // More than the sockets' own buffers and the backlog hold together.
    let sent = 0;
    for (; hub.clients === 2 && sent < 2_000; sent += 1) {
      hub.send('commit', { batch: sent, time: 'x'.repeat(64 * 1024) } as unknown as AnswerState);
      expect(await quick.next('commit')).toMatchObject({ batch: sent });
    }
    expect(hub.clients).toBe(1);
    hub.send('commit', { batch: sent } as unknown as AnswerState);
    expect(await quick.next('commit')).toMatchObject({ batch: sent });
    quick.close();
    hub.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
