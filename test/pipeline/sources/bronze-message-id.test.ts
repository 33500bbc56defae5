import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { bronzeRows } from '../../../pipeline/engines/micro-batch/freeze.js';
import { streamMessage } from '../../../pipeline/engines/streaming/stream-message.js';
import type { SourceMessage } from '../../../pipeline/sources/source.js';
import { HEART_RATE, oru } from '../../transforms/decode/hl7v2-messages.js';
import { jsonWith } from '../../transforms/decode/messages.js';

function message(payload: string, message_id: string | null): SourceMessage {
  return { payload: Buffer.from(payload), attributes: null, dialect: null, message_id, publish_time: null };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the id of a message in bronze', () => {
  test.each([
    ["the payload's own goes first", jsonWith({ message_id: 'OWN' }), 'BROKER', 'OWN'],
    ["then the broker's", oru(HEART_RATE), 'BROKER', 'BROKER'],
    ['then the control id of HL7 v2 (MSH-10)', oru(HEART_RATE), null, 'M-1'],
    ['else the hash of the bytes', 'no message', null, sha256('no message')],
  ])('%s, in a batch and in an unbounded job alike', (_rule, payload, broker, expected) => {
    const source = message(payload, broker);
    expect(bronzeRows([source], 1, 'test', 0)[0]?.message_id).toBe(expected);
    expect(streamMessage(source, 'test', 0).message_id).toBe(expected);
  });
});
