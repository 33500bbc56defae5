import { createHash } from 'node:crypto';
import { decodeParquet } from '../../lake/parquet.js';
import { LakeReader, type LiveFile } from '../../lake/reader.js';
import { openStorage } from '../../lake/storage/open.js';
import type { Storage } from '../../lake/storage/storage.js';
import { tableFolder } from '../../lake/table-folder.js';
import { TopicPublisher } from '../../brokers/pubsub/topic-publisher.js';
import { SILVER_DEAD_LETTER } from '../../schema/tables/silver-dead-letter.js';
import { deadLetterMessage } from './dead-letter-message.js';
import { PublishedThrough } from './published-through.js';

/** What a dead-letter topic needs of a publisher. */
export type LetterPublisher = Pick<TopicPublisher, 'add' | 'flush' | 'close'>;

/**
 * Publishes the dead letters of a lake to a topic, batch after batch as they are committed.
 *
 * It follows silver.dead_letter from a mark in the lake, not the run, so a crash between commit and publishing loses
 * nothing and a topic that is away holds up no batch. Delivery: each dead letter of the lake at least once, after its
 * commit, in no order; a topic that is named for the first time gets all of them.
 */
export class DeadLetterTopic {
  #due = false;
  #running: Promise<void> = Promise.resolve();
  #failed = false;

  constructor(
    private readonly publisher: LetterPublisher,
    private readonly storage: Storage,
    private readonly mark: PublishedThrough,
    private readonly notice: (text: string) => void,
    private readonly reader = new LakeReader(storage),
  ) {}

  /**
   * @param url `pubsub:projects/P/topics/D`
   * @throws ConfigurationError when the topic cannot be published to
   */
  static async open(url: string, lake: string, notice: (text: string) => void): Promise<DeadLetterTopic> {
    const publisher = await TopicPublisher.open('--dead-letter-topic', url);
    const storage = openStorage(lake);
    const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
    return new DeadLetterTopic(publisher, storage, new PublishedThrough(storage, name), notice);
  }

  /** Call after a commit; publishes beside the batches. */
  committed(): void {
    if (this.#due) return;
    this.#due = true;
    this.#running = this.#running.then(async () => {
      this.#due = false;
      try {
        await this.#publishNew();
        this.#failed = false;
      } catch (error) {
        if (!this.#failed) this.notice(`${(error as Error).message} Dead letters wait in the lake.`);
        this.#failed = true;
      }
    });
  }

  /** Publishes the rest. @throws ConfigurationError when that fails: the next run goes on where this one stood */
  async finish(): Promise<void> {
    await this.#running;
    await this.#publishNew();
  }

  /** Ends the connection; what is not published by then is the next run's. */
  async close(): Promise<void> {
    await this.publisher.close();
  }

  async #publishNew(): Promise<void> {
    const after = await this.mark.read();
    const { sequence, tables } = await this.reader.snapshot();
    if (sequence <= after) return;
    for (const file of tables.get('silver.dead_letter')?.files ?? []) {
      if ((file.stats['batch']?.[1] ?? Infinity) > after) await this.#publishFile(file, after, sequence);
    }
    await this.mark.write(sequence);
  }

  async #publishFile(file: LiveFile, after: number, through: number): Promise<void> {
    const bytes = await this.storage.readRange(tableFolder(SILVER_DEAD_LETTER) + file.path, 0, null);
    if (bytes === null) throw new Error(`dead letter topic: ${file.path} is gone`);
    for (const row of decodeParquet(bytes, SILVER_DEAD_LETTER)) {
      const batch = row['batch'] as number;
      if (batch > after && batch <= through) await this.publisher.add(deadLetterMessage(row as never));
    }
    await this.publisher.flush();
  }
}
