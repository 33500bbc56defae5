import type { CommandModule } from 'yargs';
import type { SetupFlags } from '../../pubsub/setup.js';

interface SetupArguments extends SetupFlags {
  readonly json: boolean;
}

export const setupCommand: CommandModule<object, SetupArguments> = {
  command: 'setup',
  describe: 'make topics, subscriptions and a schema; what is there and as it should be stays',
  builder: (yargs) =>
    yargs
      .option('topic', {
        type: 'string',
        demandOption: true,
        describe: 'topic of readings: pubsub:projects/P/topics/T',
      })
      .option('subscription', { type: 'string', describe: 'its subscription: pubsub:projects/P/subscriptions/S' })
      .option('dead-letter-topic', { type: 'string', describe: 'topic for vitals run --dead-letter-topic' })
      .option('dead-letter-subscription', { type: 'string', describe: 'a subscription of that topic' })
      .option('schema', { type: 'string', describe: 'schema of readings (Avro): pubsub:projects/P/schemas/N' })
      .option('attach-schema', {
        type: 'boolean',
        default: false,
        describe: 'let the topic refuse what does not fit the schema, before anything sees it',
      })
      .option('ordering', { type: 'boolean', default: true, describe: 'deliver the readings of a patient in order' })
      .option('exactly-once', {
        type: 'boolean',
        default: false,
        describe: 'deliver nothing again that is acknowledged',
      })
      .option('ack-seconds', {
        type: 'number',
        default: 60,
        describe: 'seconds until a lost reader is noticed, 10-600',
      })
      .option('retention-days', {
        type: 'number',
        default: 7,
        describe: 'days that a topic keeps messages, 1-31; a subscription keeps them for 7 at most',
      })
      .option('retain-acked', {
        type: 'boolean',
        default: false,
        describe: 'let the subscription keep acknowledged messages too (the topic does already)',
      })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object a resource' })
      .example(
        '$0 pubsub setup --topic pubsub:projects/P/topics/vitals --subscription pubsub:projects/P/subscriptions/lake',
        'a topic and its ordered subscription',
      )
      .example(
        '$0 pubsub setup --topic pubsub:projects/P/topics/vitals --retention-days 31',
        'a longer memory',
      ) as never,
  handler: async ({ json, ...flags }) => {
    const { setUpPubSub } = await import('../../pubsub/setup.js');
    for (const done of await setUpPubSub(flags)) {
      const changes = done.changed.length > 0 ? ` (${done.changed.join(', ')})` : '';
      process.stdout.write(
        json ? `${JSON.stringify(done)}\n` : `${done.action.padEnd(9)} ${done.resource}${changes}\n`,
      );
    }
  },
};
