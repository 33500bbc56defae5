import type { DialectName } from '../dialects/dialect.js';

/** What a message says of itself, as attributes of Pub/Sub and headers of Kafka (docs/message-format.md). */
export const MESSAGE_ATTRIBUTES: Readonly<Record<DialectName, Readonly<Record<string, string>>>> = {
  json: { dialect: 'json', version: '1' },
  fhir: { dialect: 'fhir' },
  hl7v2: { dialect: 'hl7v2' },
  er: { dialect: 'er' },
  wearable: { dialect: 'wearable' },
};
