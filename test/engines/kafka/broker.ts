import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { Kafka, logLevel, Partitioners, type Admin, type Producer } from 'kafkajs';
import { freePort } from '../support/free-port.js';
import { installEngine } from '../support/program.js';
import { waitFor } from '../support/wait-for.js';

/** Longest start: a JVM on a busy machine. */
const START_MILLIS = 90_000;
/** Where the broker's jars are, or why there are none. */
const KAFKA = installEngine('kafka');
/** 22 characters of base 64, as Kafka wants them: fixed, so that a restart is the same cluster. */
const CLUSTER_ID = 'dml0YWxzLWtyYWZ0LXRlc3';

/** One user, for the listener that asks for a password. */
export const BROKER_USER = { username: 'vitals', password: 'open-sesame-4711' };

/** A real Kafka broker (KRaft, one node) in a folder of its own; its data outlive a restart. */
export class KafkaBroker {
  #process: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    private readonly ports: { readonly plain: number; readonly sasl: number; readonly controller: number },
    private readonly clusterId: string,
  ) {}

  /** Starts one on free ports. */
  static async start(clusterId = CLUSTER_ID): Promise<KafkaBroker> {
    const folder = await mkdtemp(join(tmpdir(), 'vitals-kafka-'));
    const [plain, sasl, controller] = await Promise.all([freePort(), freePort(), freePort()]);
    const broker = new KafkaBroker(folder, { plain, sasl, controller }, clusterId);
    await broker.#format();
    await broker.restart();
    return broker;
  }

  get address(): string {
    return `127.0.0.1:${this.ports.plain}`;
  }

  /** Listener that wants {@link BROKER_USER} (SASL PLAIN). */
  get guardedAddress(): string {
    return `127.0.0.1:${this.ports.sasl}`;
  }

  /** Starts the program again after {@link kill}, and waits until it answers. */
  async restart(): Promise<void> {
    this.begin();
    await this.answers();
  }

  /** Starts the program and does not wait for it. */
  begin(): void {
    const log = openSync(join(this.folder, 'log.txt'), 'a');
    this.#process = spawn(
      'nice',
      ['-n', '5', 'java', ...this.#java('kafka.Kafka', join(this.folder, 'server.properties'))],
      {
        stdio: ['ignore', log, log],
        cwd: this.folder,
      },
    );
    closeSync(log);
  }

  /** Waits until the broker answers. */
  async answers(): Promise<void> {
    const answers = () => this.withAdmin(async (admin) => (await admin.describeCluster()).brokers.length === 1, 0);
    await waitFor('the broker answers', () => answers().catch(() => this.#requireAlive()), {
      timeoutMillis: START_MILLIS,
    });
  }

  /** @throws Error with the end of its log when the program has ended */
  async #requireAlive(): Promise<boolean> {
    if (this.#process === null || this.#process.exitCode === null) return false;
    const log = await readFile(join(this.folder, 'log.txt'), 'utf8');
    throw new Error(`the broker has ended: ${log.slice(-4_000)}`);
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    const process = this.#process;
    if (process === null || process.exitCode !== null || process.signalCode !== null) return;
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    await ended;
  }

  /** Ends it and removes its data. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  client(retries = 10): Kafka {
    return new Kafka({
      brokers: [this.address],
      clientId: 'test',
      logLevel: logLevel.NOTHING,
      retry: { retries, initialRetryTime: 200, maxRetryTime: 3_000, multiplier: 2, factor: 0.2 },
    });
  }

  async withAdmin<T>(work: (admin: Admin) => Promise<T>, retries?: number): Promise<T> {
    const admin = this.client(retries).admin();
    try {
      await admin.connect();
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  async withProducer<T>(work: (producer: Producer) => Promise<T>): Promise<T> {
    const producer = this.client().producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    try {
      return await work(producer);
    } finally {
      await producer.disconnect();
    }
  }

  async createTopic(
    topic: string,
    numPartitions: number,
    config: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    await this.withAdmin((admin) =>
      admin.createTopics({
        topics: [{ topic, numPartitions, replicationFactor: 1, configEntries }],
        waitForLeaders: true,
      }),
    );
  }

  async #format(): Promise<void> {
    const { plain, sasl, controller } = this.ports;
    const { username, password } = BROKER_USER;
    const login = `org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}="${password}";`;
    const properties = {
      'process.roles': 'broker,controller',
      'node.id': '1',
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
      listeners: `PLAINTEXT://127.0.0.1:${plain},SASL_PLAINTEXT://127.0.0.1:${sasl},CONTROLLER://127.0.0.1:${controller}`,
      'controller.listener.names': 'CONTROLLER',
      'inter.broker.listener.name': 'PLAINTEXT',
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT',
      'sasl.enabled.mechanisms': 'PLAIN',
      'listener.name.sasl_plaintext.plain.sasl.jaas.config': login,
      'log.dirs': join(this.folder, 'data'),
      'offsets.topic.replication.factor': '1',
      'offsets.topic.num.partitions': '4',
      'transaction.state.log.replication.factor': '1',
      'transaction.state.log.min.isr': '1',
      'transaction.state.log.num.partitions': '4',
      'group.initial.rebalance.delay.ms': '0',
      // A broker that was killed is known again at once, not after the 9 s that its session lasts.
      'broker.session.timeout.ms': '2000',
      'broker.heartbeat.interval.ms': '500',
      'num.partitions': '4',
      'auto.create.topics.enable': 'true',
      'log.retention.check.interval.ms': '1000',
    };
    const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}`);
    const file = join(this.folder, 'server.properties');
    await writeFile(file, lines.join('\n'));
    const tool = this.#java('kafka.tools.StorageTool', 'format', '-t', this.clusterId, '-c', file);
    const { status, stderr, stdout } = spawnSync('java', tool, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the broker's folder cannot be made: ${stdout}${stderr}`);
  }

  #java(main: string, ...args: string[]): string[] {
    const memory = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
    return [...memory, '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', `${jars()}/*`, main, ...args];
  }
}

function jars(): string {
  if ('absent' in KAFKA) throw new Error(KAFKA.absent);
  return KAFKA.path;
}

/** A suite that needs a real broker: skipped by name, with the reason, where none can be had. */
export function describeWithKafka(name: string, suite: () => void): void {
  if ('absent' in KAFKA) describe.skip(`${name} (skipped: ${KAFKA.absent})`, suite);
  else describe(name, suite);
}
