import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A copy that was used so recently stays, ms: as long as a snapshot's files stay in the lake (vacuum.ts), and some minutes
 * because uses are not marked at once.
 */
const IN_USE = 70 * 60_000;

/** The folders of copies. Whatever else lies in the folder is not ours. */
const COPY = /^[0-9a-f]{32}$/;

/** Trimming goes on until so much of the limit is left, so that it need not be done again at once. */
const TARGET = 0.9;

interface Copy {
  readonly folder: string;
  readonly bytes: number;
  /** Epoch ms. */
  readonly used: number;
}

/**
 * Removes the copies that have been idle longest until a cache is below its limit; those used within the last hour stay, so
 * it may be larger for a while. Returns how many went. Others may trim the same folder at the same time.
 */
export async function trimFolder(folder: string, maxBytes: number, now: number): Promise<number> {
  const copies = await copiesIn(folder);
  let bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  if (bytes <= maxBytes) return 0;
  let removed = 0;
  for (const copy of copies.sort((a, b) => a.used - b.used)) {
    if (bytes <= maxBytes * TARGET || now - copy.used < IN_USE) break;
    await rm(copy.folder, { recursive: true, force: true });
    bytes -= copy.bytes;
    removed += 1;
  }
  return removed;
}

async function copiesIn(folder: string): Promise<Copy[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => COPY.test(name));
  const copies: Copy[] = [];
  for (const name of names) {
    const own = join(folder, name);
    const entries = await readdir(own, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter((found) => found.isFile())) {
      const found = await stat(join(entry.parentPath, entry.name)).catch(() => null);
      if (found) copies.push({ folder: own, bytes: found.size, used: found.mtimeMs });
    }
  }
  return copies;
}
