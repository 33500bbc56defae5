import type { v1 } from '@google-cloud/pubsub';
import type { PubSubResource } from '../../brokers/pubsub/resource.js';
import { READING_SCHEMA } from '../../brokers/pubsub/reading-schema.js';
import { ADMIN_TIMEOUT, explained, lookUp, type Ensured } from './ensured.js';

/** A schema as setup left it. */
export interface EnsuredSchema extends Ensured {
  /** The newest revision: the one that holds our definition. */
  readonly revision: string;
}

/** Makes the schema of readings, or adds a revision to it when its newest one is another than this version's. */
export function ensureSchema(client: v1.SchemaServiceClient, schema: PubSubResource): Promise<EnsuredSchema> {
  const { project, id, path } = schema;
  const definition = { type: 'AVRO' as const, definition: READING_SCHEMA };
  return explained('--schema', path, async () => {
    const found = await lookUp(() => client.getSchema({ name: path, view: 'FULL' }, ADMIN_TIMEOUT));
    if (found?.definition === READING_SCHEMA) {
      return { resource: path, action: 'unchanged', changed: [], revision: found.revisionId ?? '' };
    }
    if (found === null) {
      const parent = `projects/${project}`;
      const [made] = await client.createSchema({ parent, schemaId: id, schema: definition }, ADMIN_TIMEOUT);
      return { resource: path, action: 'created', changed: [], revision: made.revisionId ?? '' };
    }
    const [made] = await client.commitSchema({ name: path, schema: { name: path, ...definition } }, ADMIN_TIMEOUT);
    return { resource: path, action: 'updated', changed: ['revision'], revision: made.revisionId ?? '' };
  });
}
