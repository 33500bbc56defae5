import { createHash } from 'node:crypto';
import { vitals } from '../../support/vitals.js';
import type { KafkaBroker } from './broker.js';

/**
 * What a set of messages comes to whatever their order: how many, and the sum of the first 48 bits of the SHA-256 of each. One that is
 * lost or there twice changes the count, one in the place of another changes the sum.
 */
export interface Digest {
  readonly messages: number;
  readonly sum: string;
}

/** Of everything in a topic, read by a client of another make than the source: a plain member of a consumer group. */
export async function digestOfTopic(broker: KafkaBroker, topic: string): Promise<Digest> {
  const ends = await broker.withAdmin((admin) => admin.fetchTopicOffsets(topic));
  const expected = ends.reduce((count, { high }) => count + Number(high), 0);
  const consumer = broker.client().consumer({ groupId: `digest-${topic}`, maxWaitTimeInMs: 100 });
  let messages = 0;
  let sum = 0n;
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      const eachBatch = async ({ batch }: { batch: { messages: readonly { value: Buffer | null }[] } }) => {
        for (const { value } of batch.messages) {
          messages += 1;
          sum += BigInt(
            createHash('sha256')
              .update(value ?? '')
              .digest()
              .readUIntBE(0, 6),
          );
        }
        if (messages >= expected) resolve();
      };
      consumer.run({ eachBatch }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return { messages, sum: String(sum) };
}

/** Of everything in a lake's bronze. */
export async function digestOfBronze(lake: string): Promise<Digest> {
  const sql = `SELECT count(*) AS messages, sum(('0x' || substr(hex(payload_sha256), 1, 12))::BIGINT)::VARCHAR AS sum
    FROM bronze.patient_vitals`;
  const { stdout, stderr, code } = await vitals(['query', sql, '--json', '--lake', lake]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Digest;
}
