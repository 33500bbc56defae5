import { ConfigurationError } from '../../schema/errors.js';

/** Status codes of gRPC that are told apart here (grpc/status.h). */
export const GRPC = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** Those after which the same request may succeed later, with nothing changed by an operator. */
const TRANSIENT: readonly number[] = [
  GRPC.CANCELLED,
  GRPC.UNKNOWN,
  GRPC.DEADLINE_EXCEEDED,
  GRPC.RESOURCE_EXHAUSTED,
  GRPC.ABORTED,
  GRPC.INTERNAL,
  GRPC.UNAVAILABLE,
];

/** The status code of an error of the client, null when it never got as far as the broker. */
export function statusOf(error: unknown): number | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'number' && code >= 1 && code <= 16 ? code : null;
}

/** Whether the broker may be well again later: it is absent, restarting, overloaded or slow. */
export function isTransient(error: unknown): boolean {
  const code = statusOf(error);
  return code !== null && TRANSIENT.includes(code);
}

/**
 * What an error of Pub/Sub means to the operator.
 *
 * @param flag the option that named the resource
 * @param path the resource, `projects/P/…`
 */
export function explainPubSubError(flag: string, path: string, error: unknown): ConfigurationError {
  if (error instanceof ConfigurationError) return error;
  const message = error instanceof Error ? firstLine(error.message) : String(error);
  const emulator = process.env['PUBSUB_EMULATOR_HOST'];
  switch (statusOf(error)) {
    case GRPC.NOT_FOUND:
      return new ConfigurationError(
        flag,
        `there is no ${path}`,
        'Create it with vitals pubsub setup, or correct the name.',
      );
    case GRPC.PERMISSION_DENIED:
      return new ConfigurationError(
        flag,
        `these credentials may not use ${path}`,
        'Grant roles/pubsub.subscriber and roles/pubsub.viewer on a subscription, roles/pubsub.publisher on a topic.',
      );
    case GRPC.UNAUTHENTICATED:
      return noCredentials(flag, path, message);
    case GRPC.UNAVAILABLE:
    case GRPC.DEADLINE_EXCEEDED:
      return new ConfigurationError(
        flag,
        emulator === undefined
          ? `Pub/Sub cannot be reached for ${path}`
          : `no emulator answers at PUBSUB_EMULATOR_HOST=${emulator}`,
        emulator === undefined ? 'Check the network and try again.' : 'Start it, or unset PUBSUB_EMULATOR_HOST.',
      );
    case GRPC.UNIMPLEMENTED:
      return new ConfigurationError(
        flag,
        `this is not offered for ${path}`,
        emulator === undefined ? 'Look for another way.' : 'The emulator lacks it; the service has it.',
      );
    case null:
      return noCredentials(flag, path, message);
    default:
      return new ConfigurationError(flag, `${path} is refused (${message})`, 'Correct what the message names.');
  }
}

/** The client fails without a status when it finds no credentials, or a key file that cannot be read. */
function noCredentials(flag: string, path: string, message: string): ConfigurationError {
  return new ConfigurationError(
    flag,
    `no valid credentials for ${path} (${message})`,
    'Run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS or PUBSUB_EMULATOR_HOST.',
  );
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
