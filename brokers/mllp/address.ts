import { isIPv4 } from 'node:net';
import { ConfigurationError } from '../../schema/errors.js';

/** Where HL7 v2 messages are sent to: what `mllp://HOST[:PORT]` says. */
export interface MllpAddress {
  readonly host: string;
  /** 0 means any free port; only a listener can mean that. */
  readonly port: number;
}

/** IANA's port for HL7 (`hl7`). */
const DEFAULT_PORT = 2575;

const URL_FORM = /^mllp:\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?\/?$/;

/**
 * Reads the URL of an MLLP listener.
 *
 * @param flag the flag that it was given with
 * @throws ConfigurationError naming the flag
 */
export function parseMllpUrl(flag: string, url: string): MllpAddress {
  const [, host, port = DEFAULT_PORT] = URL_FORM.exec(url) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    throw new ConfigurationError(
      flag,
      `"${url}" is no MLLP address`,
      'Use mllp://HOST[:PORT]; the port is 2575 if none is named.',
    );
  }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** The address as a URL: what logs and bronze show. */
export function mllpUrl({ host, port }: MllpAddress): string {
  return `mllp://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether only programs of this machine can reach a host: `localhost`, 127.0.0.0/8 and `::1`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
