import type { Message } from '../reading.js';
import type { Staged } from '../reject.js';
import type { DecodedReading } from './decoded-reading.js';
import type { DecodeOptions } from './decode-options.js';
import type { JsonObject } from './parse-json.js';

/** What a dialect may need to know beyond the content. */
export interface DecodeContext {
  readonly message: Message;
  readonly options: DecodeOptions;
  /** A byte order mark was removed (flag BOM). */
  readonly bom: boolean;
}

/** Every item of a message: each ends as exactly one row or one reject of scope `item`. */
export type DecodedItems = Staged<DecodedReading>;

/** A dialect whose messages are text of its own kind (CSV, HL7 v2). */
export interface TextDialect {
  readonly kind: 'text';
  /** Name in the `dialect` attribute. */
  readonly name: string;
  /** True when undeclared text can only be of this dialect. */
  readonly recognises: (text: string) => boolean;
  readonly read: (text: string, context: DecodeContext) => DecodedItems;
}

/** A dialect whose messages are JSON objects (the project's own, the seeds', FHIR); parsed once, before it is chosen. */
export interface ObjectDialect {
  readonly kind: 'object';
  readonly name: string;
  /** True when an undeclared object can only be of this dialect. */
  readonly recognises: (root: JsonObject) => boolean;
  readonly read: (root: JsonObject, context: DecodeContext) => DecodedItems;
}

export type Dialect = TextDialect | ObjectDialect;
