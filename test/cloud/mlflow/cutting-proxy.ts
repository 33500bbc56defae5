import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that breaks at a given place. */
export interface CuttingProxy {
  readonly url: string;
  /** Connections that it cut. */
  cuts(): number;
  close(): Promise<void>;
}

/**
 * Passes everything on to a server, until a request line matches: of that request it passes `bytes` on and then cuts both sides.
 *
 * @param times how often it does so
 */
export async function cutConnections(server: string, request: RegExp, bytes: number, times = 1): Promise<CuttingProxy> {
  const { hostname, port } = new URL(server);
  let cut = 0;
  const open = new Set<Socket>();
  const listener = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      // A cut is an error on the other side, which is the point.
      socket
        .on('error', () => {})
        .on('close', () => {
          open.delete(socket);
          client.destroy();
          upstream.destroy();
        });
    }
    client.on('data', (chunk) => {
      if (cut < times && request.test(chunk.toString('latin1'))) {
        cut += 1;
        upstream.write(chunk.subarray(0, bytes), () => client.destroy());
      } else upstream.write(chunk);
    });
    upstream.pipe(client);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    cuts: () => cut,
    async close() {
      listener.close();
      for (const socket of open) socket.destroy();
      await once(listener, 'close');
    },
  };
}
