/** HL7 v2 ORU^R01. */
export { readDeclaredLatin1 } from './character-set.js';
export { looksLikeHl7 } from './envelope.js';
export { HL7V2, refusePayload, type Refusal } from './hl7v2.js';
