import { createServer as createPlainServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { mllpUrl } from '../../../brokers/mllp/address.js';
import type { Piece } from '../../../brokers/mllp/frame-reader.js';
import { ConfigurationError } from '../../../schema/errors.js';
import { MllpConnection, type ConnectionEvents } from './connection.js';
import type { Incident, Incidents } from './incidents.js';
import type { MllpLimits, MllpSettings } from './settings.js';

/** What a listener hands on. */
export type OnPiece = (connection: MllpConnection, piece: Piece) => void;

/** The listening socket and its connections. Nothing that a sender does ends it. */
export class MllpListener implements ConnectionEvents {
  readonly #connections = new Set<MllpConnection>();
  /** Also those that have not agreed on TLS yet. */
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #unfinished = 0;
  #paused = false;

  private constructor(
    settings: MllpSettings,
    private readonly limits: MllpLimits,
    private readonly incidents: Incidents,
    private readonly onPiece: OnPiece,
  ) {
    const connected = (socket: Socket) => this.#connected(socket);
    // Half-open: who has sent everything may still wait for answers.
    this.#server =
      settings.tls === null
        ? createPlainServer({ allowHalfOpen: true }, connected)
        : createTlsServer({ ...tlsOptions(settings.tls), handshakeTimeout: limits.stalledMillis }, connected);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.maxConnections = limits.connections;
    this.#server.on('drop', () => incidents.count('refused'));
    this.#server.on('tlsClientError', () => incidents.count('encrypted'));
  }

  /** @throws ConfigurationError when the address cannot be listened on */
  static async open(
    settings: MllpSettings,
    limits: MllpLimits,
    incidents: Incidents,
    onPiece: OnPiece,
  ): Promise<{ readonly listener: MllpListener; readonly port: number }> {
    const listener = opened(settings, () => new MllpListener(settings, limits, incidents, onPiece));
    const { host, port } = settings.address;
    const server = listener.#server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(unusable(mllpUrl(settings.address), error)));
      server.listen({ host, port }, resolve);
    });
    server.on('error', () => incidents.count('failed'));
    return { listener, port: (server.address() as AddressInfo).port };
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Reads from nobody, or from all again. */
  pause(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    for (const connection of this.#connections) connection.pause(paused);
  }

  /** Lets nobody else in, sends what is written, and ends every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.end();
    const cut = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, this.limits.closeMillis);
    await closed;
    clearTimeout(cut);
  }

  piece(connection: MllpConnection, piece: Piece): void {
    this.onPiece(connection, piece);
  }

  incident(incident: Incident): void {
    this.incidents.count(incident);
  }

  holds(bytes: number): boolean {
    this.#unfinished += bytes;
    return this.#unfinished <= this.limits.unfinishedBytes;
  }

  closed(connection: MllpConnection): void {
    this.#connections.delete(connection);
  }

  #connected(socket: Socket): void {
    const connection = new MllpConnection(socket, this.limits, this);
    this.#connections.add(connection);
    if (this.#paused) connection.pause(true);
  }
}

/** TLS 1.2 is the least that is still held safe (RFC 9325). */
function tlsOptions({ key, cert, ca }: NonNullable<MllpSettings['tls']>) {
  const senders = ca === null ? {} : { ca, requestCert: true, rejectUnauthorized: true };
  return { key, cert, ...senders, minVersion: 'TLSv1.2' as const, allowHalfOpen: true };
}

function opened(settings: MllpSettings, open: () => MllpListener): MllpListener {
  try {
    return open();
  } catch (error) {
    if (settings.tls === null) throw error;
    const problem = `key or certificate cannot be used (${(error as Error).message})`;
    throw new ConfigurationError('--mllp-tls-key', problem, 'Name a key and its certificate, both as PEM.');
  }
}

function unusable(url: string, error: NodeJS.ErrnoException): ConfigurationError {
  const remedy = 'Name a free port and an address of this machine, or port 0 for any free one.';
  return new ConfigurationError('--source', `cannot listen on ${url} (${error.code ?? error.message})`, remedy);
}
