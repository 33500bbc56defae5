import { KafkaFault, type FaultKind } from './kafka-client.js';

/** What kafkajs throws has these, in itself or in its cause. */
interface KafkajsError {
  readonly name?: string;
  readonly type?: string;
  readonly code?: string | number;
  readonly message?: string;
  readonly cause?: unknown;
}

/** Kinds by the type of the protocol's error, or by the name of the client's. All others pass. */
const KINDS: { readonly [type: string]: FaultKind } = {
  OFFSET_OUT_OF_RANGE: 'out-of-range',
  KafkaJSOffsetOutOfRange: 'out-of-range',
  UNKNOWN_TOPIC_OR_PARTITION: 'absent',
  INVALID_TOPIC_EXCEPTION: 'refused',
  TOPIC_AUTHORIZATION_FAILED: 'refused',
  GROUP_AUTHORIZATION_FAILED: 'refused',
  CLUSTER_AUTHORIZATION_FAILED: 'refused',
  SASL_AUTHENTICATION_FAILED: 'refused',
  UNSUPPORTED_SASL_MECHANISM: 'refused',
  KafkaJSSASLAuthenticationError: 'refused',
  // The group has members of its own, and only they may commit.
  UNKNOWN_MEMBER_ID: 'refused',
  ILLEGAL_GENERATION: 'refused',
  KafkaJSNotImplemented: 'refused',
  KafkaJSServerDoesNotSupportApiKey: 'refused',
  // TLS: a certificate does not become right by waiting.
  SELF_SIGNED_CERT_IN_CHAIN: 'refused',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'refused',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'refused',
  ERR_TLS_CERT_ALTNAME_INVALID: 'refused',
  CERT_HAS_EXPIRED: 'refused',
};

/** Looks through the wrappings of an error for what it means to the source. Says nothing of what a message held. */
export function faultOf(error: unknown): KafkaFault {
  if (error instanceof KafkaFault) return error;
  let innermost = error as KafkajsError;
  for (let at = error as KafkajsError | null, depth = 0; at && depth < MOST_WRAPPINGS; depth += 1) {
    for (const sign of [at.type, at.name, at.code]) {
      const kind = sign === undefined ? undefined : KINDS[sign];
      if (kind !== undefined) return new KafkaFault(kind, at.message ?? String(sign), { cause: error });
    }
    innermost = at;
    at = (at.cause ?? null) as KafkajsError | null;
  }
  // A fault of the program stays what it is: waiting would only hide it.
  if (error instanceof TypeError || error instanceof RangeError) throw error;
  const reason = innermost.message || (error as KafkajsError).message || 'no reason given';
  return new KafkaFault('passing', reason, { cause: error });
}

const MOST_WRAPPINGS = 5;
