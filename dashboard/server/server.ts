import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AlertEventLog } from '../../lake/alert-event-log.js';
import type { Storage } from '../../lake/storage/storage.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import { ConfigurationError } from '../../schema/errors.js';
import { Answers } from '../queries/answers.js';
import { LakeStore } from '../queries/lake-store.js';
import { EventHub } from './event-hub.js';
import { Follower } from './follower.js';
import { RequestHandler } from './request-handler.js';
import { Sessions } from './sessions.js';
import { PAGES_FOLDER, StaticFiles } from './static-files.js';
import type { Token } from './token.js';

export interface DashboardOptions {
  /** Folder of the lake, or `gs://bucket/prefix`; it may be made later. */
  readonly lake: string | Storage;
  /** 0 for any free one. */
  readonly port: number;
  /** Address to listen on; anything but the loopback needs a token. */
  readonly host: string;
  readonly token: Token | null;
  /** Names that a proxy in front passes on, beside those of the loopback. */
  readonly allowedHosts: readonly string[];
  /** The run that this process (or its parent) makes; left out, the lake says where it stands. */
  readonly status?: () => RunStatus | null;
  /** Where the pages are; by default where the build puts them. */
  readonly pages?: string;
  readonly clock: () => number;
}

export interface Dashboard {
  readonly url: string;
  /** Browsers that listen. */
  readonly clients: number;
  /** Something was committed just now: those who listen hear of it at once. */
  committed(): void;
  close(): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Milliseconds: a browser that takes longer to ask has gone. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 } as const;
/** Twenty browsers with six connections each, and some room. */
const MAX_CONNECTIONS = 200;

/**
 * Serves the dashboard of a lake: pages, answers, events, and the state of the pipeline for programs (`/healthz`, `/status`,
 * `/metrics`), all on one port. It keeps nothing that is not in the lake, and may be started, stopped and doubled at will.
 *
 * @throws ConfigurationError when the port is taken, or when others could reach it without a token
 */
export async function openDashboard(options: DashboardOptions): Promise<Dashboard> {
  requireToken(options);
  const { clock } = options;
  const store = new LakeStore(options.lake);
  const answers = new Answers(store, clock);
  const hub = new EventHub();
  const follower = new Follower(answers, hub, clock);
  const handler = new RequestHandler({
    answers,
    events: new AlertEventLog(store.storage),
    hub,
    sessions: new Sessions(options.token, clock),
    files: await StaticFiles.read(options.pages ?? PAGES_FOLDER),
    hosts: new Set([options.host, ...options.allowedHosts].map((host) => host.toLowerCase())),
    status: options.status ?? null,
    clock,
    acted: () => follower.poke(),
  });
  const server = createServer(TIMEOUTS, (request: IncomingMessage, response: ServerResponse) => {
    void handler.handle(request, response);
  });
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, options);
  follower.start();
  return {
    url: urlOf(server, options),
    get clients() {
      return hub.clients;
    },
    committed: () => follower.poke(),
    async close() {
      hub.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await follower.stop();
      await store.close();
    },
  };
}

function requireToken({ host, token }: DashboardOptions): void {
  if (LOOPBACK.has(host) || token !== null) return;
  throw new ConfigurationError(
    '--host',
    `${host} can be reached from other machines, and there is no token`,
    'Give --token-file FILE (openssl rand -hex 32 > FILE), or leave --host out.',
  );
}

function listen(server: Server, { port, host }: DashboardOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(bindError(error, port, host)));
    server.listen(port, host, () => resolve());
  });
}

function bindError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new ConfigurationError('--port', `${port} is in use`, 'Name another one, or --port 0 for any free port.');
  }
  if (error.code === 'EACCES') {
    return new ConfigurationError('--port', `${port} needs more rights than this user has`, 'Name one above 1023.');
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new ConfigurationError('--host', `${host} is no address of this machine`, 'Leave it out for the loopback.');
  }
  return error;
}

function urlOf(server: Server, { host, port }: DashboardOptions): string {
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}
