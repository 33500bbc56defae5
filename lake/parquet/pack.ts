/** Offsets and bytes of a column of variable length, as Arrow lays them out. */
export interface Packed {
  readonly valueOffsets: Int32Array;
  readonly data: Uint8Array;
}

const encoder = new TextEncoder();

/** Packs strings as UTF-8: one conversion for the whole column where it is ASCII, else string by string. */
export function packStrings(texts: readonly string[]): Packed {
  const valueOffsets = new Int32Array(texts.length + 1);
  let length = 0;
  for (let i = 0; i < texts.length; i++) {
    length += texts[i]!.length;
    valueOffsets[i + 1] = length;
  }
  const data = Buffer.from(texts.join(''), 'utf8');
  return data.length === length ? { valueOffsets, data } : packEach(texts, length);
}

/** Packs byte strings; null takes no room. */
export function packBytes(parts: readonly (Uint8Array | null)[]): Packed {
  const valueOffsets = new Int32Array(parts.length + 1);
  let length = 0;
  for (let i = 0; i < parts.length; i++) {
    length += parts[i]?.length ?? 0;
    valueOffsets[i + 1] = length;
  }
  const data = new Uint8Array(length);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part) data.set(part, valueOffsets[i]);
  }
  return { valueOffsets, data };
}

/** Joined strings could grow a pair out of two lone surrogates at a seam, so every string is converted on its own. */
function packEach(texts: readonly string[], characters: number): Packed {
  const valueOffsets = new Int32Array(texts.length + 1);
  const data = new Uint8Array(characters * 3);
  let filled = 0;
  for (let i = 0; i < texts.length; i++) {
    filled += encoder.encodeInto(texts[i]!, data.subarray(filled)).written;
    valueOffsets[i + 1] = filled;
  }
  return { valueOffsets, data: data.subarray(0, filled) };
}
