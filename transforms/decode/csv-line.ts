const QUOTE = '"';

/**
 * Splits one CSV line into its cells (RFC 4180): a quoted cell may hold commas and doubled quotes. Blanks around an
 * unquoted cell are dropped, since many writers put one after the comma. Line breaks inside quotes are not possible: a
 * message is one line.
 * @returns the cells, or null when the quoting is broken (reject SYNTAX)
 */
export function splitCsvLine(line: string): string[] | null {
  if (!line.includes(QUOTE)) return line.split(',').map((cell) => cell.trim());
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    const start = skipBlanks(line, at);
    if (line[start] !== QUOTE) {
      const end = endOfCell(line, at);
      const cell = line.slice(at, end).trim();
      if (cell.includes(QUOTE)) return null;
      cells.push(cell);
      at = end;
    } else {
      const close = closingQuote(line, start);
      if (close === -1) return null;
      cells.push(line.slice(start + 1, close).replaceAll('""', QUOTE));
      at = skipBlanks(line, close + 1);
    }
    if (at >= line.length) return cells;
    if (line[at] !== ',') return null;
  }
}

function skipBlanks(line: string, at: number): number {
  while (line[at] === ' ' || line[at] === '\t') at++;
  return at;
}

function endOfCell(line: string, at: number): number {
  const comma = line.indexOf(',', at);
  return comma === -1 ? line.length : comma;
}

/** The quote that ends the cell opened at `start`: not one of a doubled pair; -1 when there is none. */
function closingQuote(line: string, start: number): number {
  for (let at = line.indexOf(QUOTE, start + 1); at !== -1; at = line.indexOf(QUOTE, at + 2)) {
    if (line[at + 1] !== QUOTE) return at;
  }
  return -1;
}
