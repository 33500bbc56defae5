/** Attributes of a message that decode reads. */
export interface DecodeAttributes {
  readonly dialect: string | null;
  /** Column names of a CSV message, as the first line of its file had them. */
  readonly header: string | null;
}

const NO_ATTRIBUTES: DecodeAttributes = { dialect: null, header: null };

/** Sources have few distinct attribute texts (one a file): the last few are remembered. */
const REMEMBERED = 64;
const remembered = new Map<string, DecodeAttributes>();

/** Reads what decode needs of a message's attributes (a JSON object as text; anything else has none). */
export function readAttributes(attributes: string | null): DecodeAttributes {
  if (attributes === null) return NO_ATTRIBUTES;
  const known = remembered.get(attributes);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const read = parseAttributes(attributes);
  remembered.set(attributes, read);
  return read;
}

function parseAttributes(attributes: string): DecodeAttributes {
  try {
    const parsed = JSON.parse(attributes) as Record<string, unknown> | null;
    return { dialect: textOrNull(parsed?.dialect), header: textOrNull(parsed?.header) };
  } catch {
    return NO_ATTRIBUTES;
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
