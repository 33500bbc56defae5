import { connect } from 'node:net';

/** Answer to a request whose every byte the test chooses: no client puts its own Host or Origin in. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** Sends text to a port and reads until the server has closed the connection. */
export function rawRequest(url: string, text: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (received += chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      const [headers = '', ...body] = received.split('\r\n\r\n');
      resolve({ status: Number(headers.split(' ')[1]), headers, body: body.join('\r\n\r\n') });
    });
  });
}

/** A request as text; `Connection: close`, so that its answer ends. */
export function requestText(line: string, headers: Readonly<Record<string, string>>, body = ''): string {
  const all = {
    ...headers,
    Connection: 'close',
    ...(body === '' ? {} : { 'Content-Length': Buffer.byteLength(body) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
