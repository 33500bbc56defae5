/**
 * The bytes of MLLP release 1 (HL7 v2.5.1 implementation guide, appendix C): a block is `<VT> content <FS><CR>`, and the
 * content holds neither VT nor FS.
 */
export const START_BLOCK = 0x0b;
export const END_BLOCK = 0x1c;
export const CARRIAGE_RETURN = 0x0d;

const START = Buffer.from([START_BLOCK]);
const END = Buffer.from([END_BLOCK, CARRIAGE_RETURN]);

/** A message as a block of MLLP. */
export function frameOf(content: Uint8Array): Buffer {
  return Buffer.concat([START, content, END]);
}
