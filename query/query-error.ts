/**
 * A query that DuckDB refused or could not finish: printed as one line, exit code 1. The message is DuckDB's own without
 * its drawing of the position; it may quote the query, never a row.
 */
export class QueryError extends Error {
  override readonly name = 'QueryError';

  /** Wraps whatever DuckDB threw; an error that is one already stays as it is. */
  static from(error: unknown): QueryError {
    if (error instanceof QueryError) return error;
    return new QueryError(firstParagraph(messageOf(error)), { cause: error });
  }
}

/** By shape, not by class: an error of the native library may come from another realm. */
function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

function firstParagraph(text: string): string {
  const [paragraph = ''] = text.split(/\n\s*\n|\nLINE \d/);
  return paragraph
    .replace(/^Failed to extract statements: /, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
