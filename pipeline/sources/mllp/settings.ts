import { isLoopback, mllpUrl, parseMllpUrl, type MllpAddress } from '../../../brokers/mllp/address.js';
import { ConfigurationError } from '../../../schema/errors.js';

/** Key and certificate of the listener; with `ca` only senders whose certificate it has signed are let in. PEM. */
export interface MllpTls {
  readonly key: string;
  readonly cert: string;
  readonly ca: string | null;
}

/** Bounds of a listener: what it holds at most, and how long it waits. */
export interface MllpLimits {
  /** Senders at the same time; more are turned away. */
  readonly connections: number;
  /** Bytes of a message; what goes beyond is not kept. As long as a line of a file may be (landing-file.ts). */
  readonly messageBytes: number;
  /** Messages and bytes that are received and not taken; then nobody is read from. */
  readonly bufferedMessages: number;
  readonly bufferedBytes: number;
  /** Bytes of messages that have begun and not ended, of all senders together; who needs more is cut off. */
  readonly unfinishedBytes: number;
  /** Messages of one sender that are not answered; then it is not read from. */
  readonly unanswered: number;
  /** Milliseconds of silence, between messages and in the middle of one, after which a sender is cut off. */
  readonly idleMillis: number;
  readonly stalledMillis: number;
  /** Milliseconds that answers may take to leave when the listener closes. */
  readonly closeMillis: number;
}

/**
 * One ward's monitors behind a gateway are a few connections, a hospital's own a few hundred. HL7 names no time-outs; a
 * monitor sends at least every minute, and a message is one packet or a few.
 */
export const DEFAULT_MLLP_LIMITS: MllpLimits = {
  connections: 256,
  messageBytes: 16 << 20,
  bufferedMessages: 20_000,
  bufferedBytes: 64 << 20,
  unfinishedBytes: 64 << 20,
  unanswered: 1_000,
  idleMillis: 600_000,
  stalledMillis: 30_000,
  closeMillis: 5_000,
};

export interface MllpSettings {
  readonly address: MllpAddress;
  readonly tls: MllpTls | null;
}

/**
 * Checks where to listen. Whatever is sent there becomes a patient's reading, so others than this machine's programs are let
 * in only where somebody has said so: by TLS, or by a flag.
 *
 * @throws ConfigurationError for a URL that is none, and for an address that anybody could reach
 */
export function mllpSettings(url: string, allowRemote: boolean, tls: MllpTls | null): MllpSettings {
  const address = parseMllpUrl('--source', url);
  if (!isLoopback(address.host) && !allowRemote && tls === null) {
    throw new ConfigurationError(
      '--source',
      `${mllpUrl(address)} can be reached by others than programs of this machine, without encryption`,
      'Name 127.0.0.1, give --mllp-tls-key and --mllp-tls-cert, or allow it with --mllp-allow-remote.',
    );
  }
  return { address, tls };
}
