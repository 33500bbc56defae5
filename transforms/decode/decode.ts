import { register } from '../../beam/index.js';
import {
  stageBlock,
  stagedParDo,
  type Block,
  type StagedCollections,
  type StagedElement,
  type Transform,
} from '../block.js';
import type { Message } from '../reading.js';
import type { DecodeContext, DecodedItems, ObjectDialect } from './dialect.js';
import { dialectOf, OBJECT_DIALECTS, TEXT_DIALECTS } from './dialects.js';
import type { DecodeOptions } from './decode-options.js';
import type { DecodedReading } from './decoded-reading.js';
import { readAttributes } from './message-attributes.js';
import { parseFlat } from './flat-json.js';
import { readFlat } from './flat-reading.js';
import { looksLikeHl7, readDeclaredLatin1 } from './hl7v2/index.js';
import { JSON_V1 } from './json-v1.js';
import { ownItems } from './own-items.js';
import { parseJson } from './parse-json.js';
import { asBuffer, readText } from './payload-text.js';
import { rejectMessage } from './reject-message.js';

/**
 * Decodes one message into readings, whatever its dialect: the one declared (column or attribute `dialect`), else the one
 * that its content shows.
 *
 * Stands first, so that everything behind it sees one kind of row. In: a message as it lies in bronze. Out: 0..n readings
 * with sound identifiers and times, vitals still in the source's units (cleanse judges them).
 * Rejects: rows 1-31, 52-67, 68-85 of docs/dead-letters.md, with scope `item` or `field`. Each item ends exactly once: as
 * one row, or as one reject of scope `item`; field rejects come on top (invariant I2).
 * Delivery: pure and deterministic; repeats are removed later, by deduplicate.
 *
 * @throws ConfigurationError when `options.timezone` is no time zone; never because of a message
 */
export function decode(message: Message, options: DecodeOptions): DecodedItems {
  const name = message.dialect ?? readAttributes(message.attributes).dialect;
  if (name === null || name === JSON_V1.name) {
    const usual = parseFlat(message.payload, asBuffer(message.payload).toString('latin1'));
    // Undeclared, other names may mean another dialect; then the dialects themselves decide.
    if (usual !== null && (name !== null || usual.extras === null)) {
      return readFlat(usual, false, { message, options, bom: false });
    }
  }
  const { text, bom, reason, detail } = readDeclaredLatin1(asBuffer(message.payload)) ?? readText(message.payload);
  if (reason !== null) return rejectMessage(message, reason, detail);
  const context: DecodeContext = { message, options, bom };
  if (name !== null) {
    const dialect = dialectOf(name);
    if (dialect === null) return rejectMessage(message, 'FORMAT', 'a dialect that is not known');
    return dialect.kind === 'text' ? dialect.read(text, context) : decodeObject(dialect, text, context);
  }
  for (const dialect of TEXT_DIALECTS) if (dialect.recognises(text)) return dialect.read(text, context);
  return decodeObject(null, text, context);
}

function decodeObject(declared: ObjectDialect | null, text: string, context: DecodeContext): DecodedItems {
  const { root, reason, detail } = parseJson(text);
  if (root === null) {
    if (reason === 'SYNTAX' && looksLikeHl7(text)) {
      return rejectMessage(context.message, 'FORMAT', 'HL7 v2 where JSON was expected');
    }
    return rejectMessage(context.message, reason ?? 'SHAPE', detail);
  }
  const dialect = declared ?? OBJECT_DIALECTS.find((candidate) => candidate.recognises(root));
  return dialect === undefined
    ? rejectMessage(context.message, 'FORMAT', 'no known dialect')
    : dialect.read(root, context);
}

/** Decodes the messages of a block. */
export class DecodeMessages {
  constructor(readonly options: DecodeOptions) {}

  process(block: Block<Message>): Generator<StagedElement<DecodedReading>> {
    return stageBlock(block, (message) => ownItems(decode(message, this.options), message.items));
  }
}

/** {@link decode} over blocks. */
export function decodeBlocks(options: DecodeOptions): Transform<Block<Message>, StagedCollections<DecodedReading>> {
  return stagedParDo(new DecodeMessages(options));
}

register('transforms/decode/decode', { DecodeMessages });
