import { ConfigurationError } from '../../schema/errors.js';

/** How a Kafka client proves who it is, and how its connection is sealed. */
export interface KafkaSecurity {
  /** Null: no TLS. PEM texts; what is null is the system's or not sent. */
  readonly tls: { readonly ca: string | null; readonly cert: string | null; readonly key: string | null } | null;
  readonly sasl: { readonly mechanism: SaslMechanism; readonly username: string; readonly password: string } | null;
}

const MECHANISMS = ['scram-sha-512', 'scram-sha-256', 'plain'] as const;
export type SaslMechanism = (typeof MECHANISMS)[number];

/** The environment variables that are read; all may be absent. */
export const KAFKA_VARIABLES = [
  'KAFKA_USERNAME',
  'KAFKA_PASSWORD',
  'KAFKA_PASSWORD_FILE',
  'KAFKA_SASL_MECHANISM',
  'KAFKA_TLS',
  'KAFKA_CA_FILE',
  'KAFKA_CERT_FILE',
  'KAFKA_KEY_FILE',
] as const;

type Variable = (typeof KAFKA_VARIABLES)[number];
type Environment = { readonly [name: string]: string | undefined };

/**
 * Reads from the environment how to connect. Whoever sends a password gets TLS, unless `KAFKA_TLS=false` says otherwise.
 *
 * @param readFile the text of a file; throws when it cannot be read
 * @throws ConfigurationError naming the variable, never its value where that is a secret
 */
export function kafkaSecurity(environment: Environment, readFile: (path: string) => string): KafkaSecurity {
  const value = (name: Variable) => environment[name] || null;
  const file = (name: Variable) => {
    const path = value(name);
    if (path === null) return null;
    try {
      return readFile(path);
    } catch {
      throw new ConfigurationError(name, `${path} cannot be read`, 'Name a file that can be.');
    }
  };
  const username = value('KAFKA_USERNAME');
  const password = file('KAFKA_PASSWORD_FILE')?.trimEnd() ?? value('KAFKA_PASSWORD');
  if ((username === null) !== (password === null)) {
    const missing = username === null ? 'KAFKA_USERNAME' : 'KAFKA_PASSWORD_FILE';
    throw new ConfigurationError(missing, 'is not set, but its counterpart is', 'Set both or neither.');
  }
  const [ca, cert, key] = [file('KAFKA_CA_FILE'), file('KAFKA_CERT_FILE'), file('KAFKA_KEY_FILE')];
  const sealed = tlsWanted(value('KAFKA_TLS')) ?? (username !== null || ca !== null || cert !== null);
  return {
    tls: sealed ? { ca, cert, key } : null,
    sasl: username === null || password === null ? null : { mechanism: mechanismOf(value), username, password },
  };
}

function mechanismOf(value: (name: Variable) => string | null): SaslMechanism {
  const text = value('KAFKA_SASL_MECHANISM')?.toLowerCase() ?? MECHANISMS[0];
  const mechanism = MECHANISMS.find((known) => known === text);
  if (mechanism !== undefined) return mechanism;
  throw new ConfigurationError('KAFKA_SASL_MECHANISM', `"${text}" is not known`, `Use ${MECHANISMS.join(', ')}.`);
}

function tlsWanted(text: string | null): boolean | null {
  if (text === null) return null;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ConfigurationError('KAFKA_TLS', `"${text}" is neither true nor false`, 'Use true or false.');
}
