/** What {@link Fields} throws: the caller knows which file it was. */
export class FieldError extends Error {}

/** Reads the fields of one JSON object that someone else may have written; every error names the field. */
export class Fields {
  private readonly object: Readonly<Record<string, unknown>>;

  /** @param name of the object, as errors show it; empty for the whole document */
  constructor(
    value: unknown,
    private readonly name: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new FieldError(`${name || 'the document'} is not an object`);
    }
    this.object = value as Record<string, unknown>;
  }

  text(key: string): string {
    return this.typed(key, 'a text', (value) => typeof value === 'string') as string;
  }

  textOrNull(key: string): string | null {
    const fits = (value: unknown): boolean => value === null || typeof value === 'string';
    return this.typed(key, 'a text or null', fits) as string | null;
  }

  /** A finite number. */
  number(key: string): number {
    return this.typed(key, 'a finite number', Number.isFinite) as number;
  }

  /** A whole number from 0. */
  whole(key: string): number {
    const fits = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
    return this.typed(key, 'a whole number', fits) as number;
  }

  wholeOrNull(key: string): number | null {
    return this.value(key) === null ? null : this.whole(key);
  }

  /** A list of finite numbers. */
  numbers(key: string): number[] {
    const fits = (value: unknown): boolean => Array.isArray(value) && value.every(Number.isFinite);
    return this.typed(key, 'a list of finite numbers', fits) as number[];
  }

  /** A finite number above zero. */
  positive(key: string): number {
    const fits = (value: unknown): boolean => Number.isFinite(value) && (value as number) > 0;
    return this.typed(key, 'a number above zero', fits) as number;
  }

  flag(key: string): boolean {
    return this.typed(key, 'true or false', (value) => typeof value === 'boolean') as boolean;
  }

  /** The keys that there are. */
  names(): string[] {
    return Object.keys(this.object);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.object, key);
  }

  /** Whether there is an object under the key, whatever is in it. */
  isObject(key: string): boolean {
    const value = this.value(key);
    return typeof value === 'object' && value !== null;
  }

  hash(key: string): string {
    const fits = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
    return this.typed(key, 'a SHA-256 in hex', fits) as string;
  }

  /** One given text and no other. */
  constant<const T extends string>(key: string, expected: T): T {
    return this.typed(key, `'${expected}'`, (value) => value === expected) as T;
  }

  fields(key: string): Fields {
    return new Fields(this.value(key), this.path(key));
  }

  fieldsOrNull(key: string): Fields | null {
    return this.value(key) === null ? null : this.fields(key);
  }

  list(key: string): Fields[] {
    const items = this.typed(key, 'a list', Array.isArray) as unknown[];
    return items.map((item, i) => new Fields(item, `${this.path(key)}[${i}]`));
  }

  private typed(key: string, wanted: string, fits: (value: unknown) => boolean): unknown {
    const value = this.value(key);
    if (!fits(value)) throw new FieldError(`${this.path(key)} is not ${wanted}`);
    return value;
  }

  private value(key: string): unknown {
    if (!Object.hasOwn(this.object, key)) throw new FieldError(`${this.path(key)} is missing`);
    return this.object[key];
  }

  private path(key: string): string {
    return this.name === '' ? key : `${this.name}.${key}`;
  }
}
