import { v1 } from '@google-cloud/pubsub';
import { openPubSub } from '../../brokers/pubsub/client.js';

/** The three services of Pub/Sub that make and change things. */
export interface AdminClients {
  readonly publisher: v1.PublisherClient;
  readonly subscriber: v1.SubscriberClient;
  readonly schemas: v1.SchemaServiceClient;
}

/** Lends clients of a project to some work, and closes them. */
export async function withAdminClients<T>(project: string, work: (clients: AdminClients) => Promise<T>): Promise<T> {
  const pubsub = openPubSub(project);
  const options = (await pubsub.getClientConfig()) as ConstructorParameters<typeof v1.PublisherClient>[0];
  const clients = {
    publisher: new v1.PublisherClient(options),
    subscriber: new v1.SubscriberClient(options),
    schemas: new v1.SchemaServiceClient(options),
  };
  try {
    return await work(clients);
  } finally {
    await Promise.all([...Object.values(clients).map((client) => client.close()), pubsub.close()]);
  }
}
