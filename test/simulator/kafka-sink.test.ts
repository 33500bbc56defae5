import { expect, test } from '@jest/globals';
import { openKafkaTopic } from '../../simulator/sinks/kafka-topic.js';

const AT_ONCE = { openingRetries: 0, sendingRetries: 1 };

test.each([
  ['a host that does not exist', 'kafka://broker.invalid/vitals', /ENOTFOUND|EAI_AGAIN/],
  ['a port where nobody listens', 'kafka://127.0.0.1:1/vitals', /ECONNREFUSED/],
])('%s is refused with the flag, the topic and the reason', async (_case, url, reason) => {
  const opened = openKafkaTopic(url, {}, AT_ONCE);
  await expect(opened).rejects.toThrow(/^--sink: kafka:.*\/vitals cannot be written to .*Check that the broker runs/);
  await expect(opened).rejects.toThrow(reason);
});
