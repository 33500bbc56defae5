import type { CloudApi } from './cloud-api.js';
import { findingOf } from './cloud-failure.js';
import type { CloudSetting } from './cloud-setting.js';
import { error, ok, warning, type Finding } from './finding.js';

/** What is used of a subscription of Pub/Sub's REST API. */
interface Subscription {
  readonly topic?: string;
  readonly ackDeadlineSeconds?: number;
  readonly enableMessageOrdering?: boolean;
  readonly enableExactlyOnceDelivery?: boolean;
  readonly deadLetterPolicy?: { readonly deadLetterTopic?: string };
  readonly retryPolicy?: object;
  readonly expirationPolicy?: { readonly ttl?: string };
  readonly detached?: boolean;
  readonly filter?: string;
}

/** A batch takes a second; a stall of the process must not bring its messages again (docs/pubsub.md). */
const LEAST_ACK_SECONDS = 30;
const DELETED_TOPIC = '_deleted-topic_';

/** Whether the subscription is set as the engine needs it. */
export async function checkSubscription(api: CloudApi, setting: CloudSetting): Promise<readonly Finding[]> {
  const { project, subscription } = setting;
  try {
    const found = await api.get<Subscription>(
      'pubsub.googleapis.com',
      `/v1/projects/${project}/subscriptions/${subscription}`,
    );
    const findings = [...life(found, setting), ...delivery(found, setting), ...dataflow(found, setting)];
    if (findings.length > 0) return findings;
    const order = found.enableMessageOrdering === true ? 'in order for each patient' : 'in any order';
    return [ok('subscription', `${subscription} delivers ${order}, leases of ${found.ackDeadlineSeconds} s`)];
  } catch (failure) {
    const remedies = { project, role: 'roles/pubsub.viewer', create: setting.apply };
    return [findingOf('subscription', `subscription ${subscription}`, failure, remedies)];
  }
}

function life({ topic, detached, expirationPolicy }: Subscription, setting: CloudSetting): readonly Finding[] {
  const { project, subscription } = setting;
  const findings: Finding[] = [];
  if (detached === true || topic === DELETED_TOPIC) {
    findings.push(
      error(
        'subscription',
        `${subscription} has no topic any more and gets nothing`,
        `Delete it and make it again: ${setting.apply}`,
      ),
    );
  } else if (topic !== `projects/${project}/topics/${setting.topic}`) {
    findings.push(
      error(
        'subscription',
        `${subscription} belongs to ${topic}, not to ${setting.topic}`,
        `Delete it and make it again: ${setting.apply}`,
      ),
    );
  }
  if (expirationPolicy?.ttl !== undefined || expirationPolicy === undefined) {
    const days = Math.round(parseFloat(expirationPolicy?.ttl ?? '2678400') / 86_400);
    findings.push(
      warning(
        'subscription',
        `${subscription} is deleted when nobody reads it for ${days} days`,
        update(setting, '--expiration-period never'),
      ),
    );
  }
  return findings;
}

function delivery({ ackDeadlineSeconds = 10, filter }: Subscription, setting: CloudSetting): readonly Finding[] {
  const findings: Finding[] = [];
  if (ackDeadlineSeconds < LEAST_ACK_SECONDS) {
    findings.push(
      warning(
        'subscription',
        `leases of ${ackDeadlineSeconds} s are short: a stall brings messages again`,
        update(setting, `--ack-deadline ${LEAST_ACK_SECONDS}`),
      ),
    );
  }
  if (filter !== undefined && filter !== '') {
    findings.push(
      warning(
        'subscription',
        `messages that do not match ${filter} never come`,
        'A filter cannot be changed: make another subscription.',
      ),
    );
  }
  return findings;
}

/** Dataflow knows neither of these: it acknowledges when it has taken a message, not when the lake has it. */
function dataflow(found: Subscription, setting: CloudSetting): readonly Finding[] {
  if (setting.engine !== 'dataflow') return [];
  const findings: Finding[] = [];
  if (found.deadLetterPolicy !== undefined) {
    findings.push(
      error(
        'subscription',
        'a dead-letter topic takes messages away that Dataflow has not failed on',
        update(setting, '--clear-dead-letter-policy'),
      ),
    );
  }
  if (found.retryPolicy !== undefined) {
    findings.push(warning('subscription', 'Dataflow ignores a retry policy', update(setting, '--clear-retry-policy')));
  }
  if (found.enableExactlyOnceDelivery === true) {
    findings.push(
      warning(
        'subscription',
        'exactly-once delivery slows Dataflow down, which removes repeats itself',
        'Make the subscription without it.',
      ),
    );
  }
  return findings;
}

function update({ project, subscription }: CloudSetting, flag: string): string {
  return `gcloud pubsub subscriptions update ${subscription} --project ${project} ${flag}`;
}
