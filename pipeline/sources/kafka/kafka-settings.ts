import { parseKafkaUrl, secondsSetting, wordSetting, type KafkaAddress } from '../../../brokers/kafka/address.js';
import { ConfigurationError } from '../../../schema/errors.js';

/** What a `kafka:` source is set to. */
export interface KafkaSettings {
  readonly address: KafkaAddress;
  /** Consumer group that offsets are committed to, for lag monitors; nobody reads them back. */
  readonly group: string;
  /** Where to begin in a topic that the lake knows nothing of. */
  readonly start: 'earliest' | 'latest';
  /** What to do when the recorded offset is not there any more: stop, or go on from one end. */
  readonly offsetReset: OffsetReset;
  /** Milliseconds that no broker may answer: when the run begins, and later. */
  readonly connectMillis: number;
  readonly outageMillis: number;
}

export type OffsetReset = 'none' | 'earliest' | 'latest';

const FLAG = '--source';
const KNOWN = ['group', 'start', 'offset_reset', 'connect_seconds', 'outage_seconds'];
const DEFAULT_GROUP = 'vitals';
/** A broker that is just starting takes 5 to 20 s. */
const DEFAULT_CONNECT_SECONDS = 30;
/** A rolling restart of a broker takes minutes at most; a supervisor starts us again after that. */
const DEFAULT_OUTAGE_SECONDS = 300;

/**
 * Reads `kafka://HOST[:PORT]/TOPIC[?group=G&start=earliest&offset_reset=none&connect_seconds=30&outage_seconds=300]`.
 * @throws ConfigurationError naming --source
 */
export function parseKafkaSource(url: string): KafkaSettings {
  const address = parseKafkaUrl(FLAG, url, KNOWN);
  const group = address.settings.get('group') ?? DEFAULT_GROUP;
  if (group === '') throw new ConfigurationError(FLAG, 'group= names no consumer group', 'Name one, or leave it out.');
  return {
    address,
    group,
    start: wordSetting(FLAG, address, 'start', ['earliest', 'latest']),
    offsetReset: wordSetting(FLAG, address, 'offset_reset', ['none', 'earliest', 'latest']),
    connectMillis: secondsSetting(FLAG, address, 'connect_seconds', DEFAULT_CONNECT_SECONDS, 0.1),
    outageMillis: secondsSetting(FLAG, address, 'outage_seconds', DEFAULT_OUTAGE_SECONDS, 0.1),
  };
}
