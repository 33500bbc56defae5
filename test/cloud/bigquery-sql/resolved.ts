import type { Message } from './server.js';

/** A node of a resolved statement: its kind (`aggregate_scan`), and its fields with those of the kinds that it extends. */
export interface ResolvedNode {
  readonly kind: string;
  field(name: string): unknown;
}

/**
 * Reads a node out of the protocol, where a node is wrapped in one field a level of its family, and holds what it inherits
 * in `parent`.
 */
export function resolvedNode(wrapped: unknown): ResolvedNode | null {
  let kind = '';
  let message = wrapped;
  while (isMessage(message) && typeof message['node'] === 'string') {
    kind = message['node'];
    message = message[kind];
  }
  if (!isMessage(message) || kind === '') return null;
  const levels: Message[] = [];
  for (let level: unknown = message; isMessage(level); level = level['parent']) levels.push(level);
  return {
    kind: kind.replace(/^resolved_/, '').replace(/_node$/, ''),
    field: (name) => levels.map((level) => level[name]).find((value) => !isEmpty(value)),
  };
}

/** Items of a repeated field. */
export function items(value: unknown): readonly Message[] {
  return Array.isArray(value) ? value.filter(isMessage) : [];
}

/** The messages in a field that is wrapped or not. */
export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
