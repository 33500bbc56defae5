/** What stands as `source` in bronze with a message that was run again: the message that it repeats. */
export interface DeadLetterOf {
  readonly batch: number;
  readonly offset: number;
}

const SCHEME = 'dead-letter:';

/** `dead-letter:12/3`: message 3 of batch 12, run again. */
export function deadLetterSource({ batch, offset }: DeadLetterOf): string {
  return `${SCHEME}${batch}/${offset}`;
}

/** The message that a source of {@link deadLetterSource} repeats; null for any other source. */
export function repeatedMessage(source: string): DeadLetterOf | null {
  const [, batch, offset] = /^dead-letter:(\d+)\/(\d+)$/.exec(source) ?? [];
  return batch === undefined ? null : { batch: Number(batch), offset: Number(offset) };
}

/** SQL that gives {@link deadLetterSource} of a row's `batch` and `offset`. */
export function deadLetterSourceSql(alias: string): string {
  return `'${SCHEME}' || ${alias}.batch || '/' || ${alias}."offset"`;
}
