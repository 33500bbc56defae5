/** Decode: bytes of any dialect to readings. */
export { decode, decodeBlocks } from './decode.js';
export type { DecodeOptions } from './decode-options.js';
export type { DecodedReading, VitalUnits } from './decoded-reading.js';
export type { DecodeContext, DecodedItems, Dialect, ObjectDialect, TextDialect } from './dialect.js';
export { scanMessageId } from './message-id.js';
export { scanPatientId } from './patient-scan.js';
export { timezoneOf } from './timezone.js';
