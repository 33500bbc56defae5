import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
// Both come with Google's own clients, which are dependencies; only this test calls them by name.
import { credentials, loadPackageDefinition, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { describe } from '@jest/globals';
import { freePort } from '../../engines/support/free-port.js';

const SCRIPT = fileURLToPath(new URL('../../../scripts/cloud/zetasql.sh', import.meta.url));
const START_MILLIS = 20_000;

/** Where the analyzer is, or why it cannot be had. */
export type Installed = { readonly folder: string } | { readonly absent: string };

/** Installs the analyzer or finds it in the cache. Where it cannot be had, its suites are skipped by name. */
export function installAnalyzer(): Installed {
  const { status, stdout, stderr } = spawnSync('bash', [SCRIPT], { encoding: 'utf8' });
  if (status === 0) return { folder: stdout.trim() };
  const reason = stderr.trim().split('\n').at(-1) ?? `status ${status}`;
  if (process.env['ENGINES_REQUIRED'] && status !== 3) throw new Error(stderr);
  return { absent: reason };
}

/** A suite that needs the analyzer. */
export function describeWith(installed: Installed, title: string, suite: (folder: string) => void): void {
  if ('folder' in installed) describe(title, () => suite(installed.folder));
  else describe.skip(`${title} (${installed.absent})`, () => suite(''));
}

/** A message of the analyzer's protocol, as plain data. */
export type Message = { readonly [field: string]: unknown };

/** Google's SQL analyzer as a program of its own, called over loopback. */
export interface AnalyzerServer {
  /** One call. @throws ServiceError whose `details` say what the analyzer found wrong */
  call(method: 'Analyze' | 'EvaluateQuery' | 'GetLanguageOptions', request: Message): Promise<Message>;
  stop(): Promise<void>;
}

export async function startAnalyzer(folder: string): Promise<AnalyzerServer> {
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(join(folder, 'server'), address.split(':'), { stdio: 'ignore', cwd: dirname(folder) });
  const client = connect(folder, address);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    client.waitForReady(Date.now() + START_MILLIS, (error) => (error ? reject(error) : resolve()));
  });
  return {
    call: (method, request) =>
      new Promise((resolve, reject) => {
        client[method]?.(request, (error: ServiceError | null, response: Message) =>
          error === null ? resolve(response) : reject(error),
        );
      }),
    async stop() {
      client.close();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
    },
  };
}

type Call = (request: Message, done: (error: ServiceError | null, response: Message) => void) => void;
type Client = Readonly<Record<string, Call | undefined>> & {
  waitForReady(deadline: number, done: (error?: Error) => void): void;
  close(): void;
};

function connect(folder: string, address: string): Client {
  const protos = join(folder, 'protos');
  const definition = loadSync(join(protos, 'local_service.proto'), {
    includeDirs: [protos],
    keepCase: true,
    longs: Number,
    enums: String,
    oneofs: true,
  });
  const services = loadPackageDefinition(definition) as unknown as {
    readonly zetasql: { readonly local_service: { readonly ZetaSqlLocalService: ServiceClass } };
  };
  // An analysed statement is much larger than its text.
  const unlimited = { 'grpc.max_receive_message_length': -1 };
  return new services.zetasql.local_service.ZetaSqlLocalService(address, credentials.createInsecure(), unlimited);
}

type ServiceClass = new (address: string, credentials: unknown, options: object) => Client;
