import type { ObjectDialect } from './dialect.js';
import { readFlat } from './flat-reading.js';
import { toWireRecord } from './wire-record.js';

/** The project's own JSON, version 1 (INTERFACES.md): one object a message; also what any undeclared object is taken for. */
export const JSON_V1: ObjectDialect = {
  kind: 'object',
  name: 'json',
  recognises: () => true,
  read: (root, context) => readFlat(toWireRecord(root), false, context),
};
