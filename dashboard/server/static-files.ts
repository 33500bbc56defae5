import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PAGE_FILES } from '../api.js';
import { send, sendText } from './respond.js';

/** Where the build puts the pages. */
export const PAGES_FOLDER = fileURLToPath(new URL('../pages/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Addresses that a person may type or reload: all are drawn by the one page. */
const PAGES = new Set(['/', '/patient', '/alerts', '/pipeline']);

interface StaticFile {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly etag: string;
}

/**
 * The files of the pages, read once when the server starts. An address is looked up by its whole text, so that none can lead
 * anywhere else.
 */
export class StaticFiles {
  private constructor(private readonly files: ReadonlyMap<string, StaticFile>) {}

  /** What is not there (pages that were not built) is said when it is asked for. */
  static async read(folder: string): Promise<StaticFiles> {
    const files = new Map<string, StaticFile>();
    for (const name of PAGE_FILES) {
      const bytes = await readFile(join(folder, name)).catch(() => null);
      if (bytes === null) continue;
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
      files.set(`/${name}`, { bytes, etag, type: TYPES[extname(name)] ?? 'application/octet-stream' });
    }
    return new StaticFiles(files);
  }

  /** Answers with the file or page of a path; false when there is none. */
  serve(path: string, request: IncomingMessage, response: ServerResponse): boolean {
    const file = this.files.get(PAGES.has(path) ? '/index.html' : path);
    if (file === undefined) {
      if (!PAGES.has(path)) return false;
      sendText(response, 503, 'The pages are not built. Run npm run build, then start again.\n');
      return true;
    }
    // Asked for again each time, and sent only when it has changed: names stay the same from one release to the next.
    const headers = { 'Cache-Control': 'no-cache', ETag: file.etag };
    if (request.headers['if-none-match'] === file.etag) response.writeHead(304, headers).end();
    else send(response, 200, file.type, file.bytes, headers);
    return true;
  }
}
