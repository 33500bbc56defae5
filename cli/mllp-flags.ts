import { readFileSync } from 'node:fs';
import type { Argv } from 'yargs';
import type { MllpTls } from '../pipeline/sources/mllp/settings.js';
import type { Source } from '../pipeline/sources/source.js';
import { ConfigurationError } from '../schema/errors.js';

/** Flags of a source that listens (mllp://HOST:PORT). */
export interface MllpFlags {
  readonly 'mllp-allow-remote'?: boolean | undefined;
  readonly 'mllp-tls-key'?: string | undefined;
  readonly 'mllp-tls-cert'?: string | undefined;
  readonly 'mllp-tls-ca'?: string | undefined;
}

export function withMllpFlags<T>(yargs: Argv<T>): Argv<T & MllpFlags> {
  return yargs
    .option('mllp-allow-remote', {
      type: 'boolean',
      describe: 'listen for HL7 v2 on an address that others can reach, without TLS',
    })
    .option('mllp-tls-key', { type: 'string', describe: 'PEM file with the private key of the HL7 v2 listener' })
    .option('mllp-tls-cert', { type: 'string', describe: 'PEM file with its certificate' })
    .option('mllp-tls-ca', {
      type: 'string',
      describe: 'PEM file: only senders with a certificate signed by one of these are let in',
    }) as unknown as Argv<T & MllpFlags>;
}

/** Opens an MLLP listener; it listens once the lake is locked. @throws ConfigurationError naming the flag */
export async function openMllp(url: string, once: boolean, flags: MllpFlags): Promise<Source> {
  const { mllpSettings } = await import('../pipeline/sources/mllp/settings.js');
  const { MllpSource } = await import('../pipeline/sources/mllp/mllp-source.js');
  if (once) {
    throw new ConfigurationError('--once', `${url} has no end`, 'Leave it out, and end the run with Ctrl-C.');
  }
  const settings = mllpSettings(url, flags['mllp-allow-remote'] === true, readTls(flags));
  return new MllpSource(settings, {
    clock: Date.now,
    notice: (text) => process.stderr.write(`vitals: ${text}\n`),
    answerPrefix: `V${Date.now().toString(36).toUpperCase()}.`,
  });
}

function readTls(flags: MllpFlags): MllpTls | null {
  const key = readPem('mllp-tls-key', flags);
  const cert = readPem('mllp-tls-cert', flags);
  const ca = readPem('mllp-tls-ca', flags);
  if (key !== null && cert !== null) return { key, cert, ca };
  if (key === null && cert === null && ca === null) return null;
  const missing = key === null ? '--mllp-tls-key' : '--mllp-tls-cert';
  throw new ConfigurationError(missing, 'is not given, but TLS is asked for', 'Give a key and its certificate.');
}

function readPem(name: keyof MllpFlags, flags: MllpFlags): string | null {
  const file = flags[name];
  if (typeof file !== 'string') return null;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
    throw new ConfigurationError(`--${name}`, `${file} cannot be read (${code})`, 'Name a PEM file that can be.');
  }
}
