/** HL7 v2 ORU^R01. */
export { readDeclaredLatin1 } from './character-set.js';
export { looksLikeHl7 } from './envelope.js';
export { HL7V2 } from './hl7v2.js';
export { scanHl7ControlId, scanHl7PatientId } from './patient-of.js';
