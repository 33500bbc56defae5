import type { v1 } from '@google-cloud/pubsub';
import type { PubSubResource } from '../../brokers/pubsub/resource.js';
import { ADMIN_TIMEOUT, explained, lookUp, secondsOf, type Ensured } from './ensured.js';

export interface TopicWish {
  /** Seconds that the topic keeps messages, acknowledged or not: what seeking to a time needs. */
  readonly retentionSeconds: number;
  /** A schema to hold publishers to, with the newest revision that is accepted; null leaves the topic as it is. */
  readonly schema: { readonly path: string; readonly lastRevision: string } | null;
}

/** Makes a topic, or brings an existing one to what is asked for. */
export function ensureTopic(
  client: v1.PublisherClient,
  flag: string,
  topic: PubSubResource,
  { retentionSeconds, schema }: TopicWish,
): Promise<Ensured> {
  const { path } = topic;
  return explained(flag, path, async () => {
    const messageRetentionDuration = { seconds: retentionSeconds };
    const schemaSettings = schema && {
      schema: schema.path,
      encoding: 'JSON' as const,
      lastRevisionId: schema.lastRevision,
    };
    const found = await lookUp(() => client.getTopic({ topic: path }, ADMIN_TIMEOUT));
    if (found === null) {
      await client.createTopic({ name: path, messageRetentionDuration, schemaSettings }, ADMIN_TIMEOUT);
      return { resource: path, action: 'created', changed: [] };
    }
    const changed: string[] = [];
    if (secondsOf(found.messageRetentionDuration) !== retentionSeconds) changed.push('message_retention_duration');
    const attached = found.schemaSettings;
    if (schema && (attached?.schema !== schema.path || attached.lastRevisionId !== schema.lastRevision)) {
      changed.push('schema_settings');
    }
    if (changed.length === 0) return { resource: path, action: 'unchanged', changed };
    const update = { name: path, messageRetentionDuration, schemaSettings };
    await client.updateTopic({ topic: update, updateMask: { paths: changed } }, ADMIN_TIMEOUT);
    return { resource: path, action: 'updated', changed };
  });
}
