import { open, type FileHandle } from 'node:fs/promises';
import { BigQueryRefusal } from './refusal.js';

/** Pieces of an upload: a whole multiple of 256 KiB (cloud.google.com/bigquery/docs/reference/api-uploads). */
const PIECE_BYTES = 16 << 20;

/** How long one piece may take, ms. */
const TIMEOUT_MILLIS = 120_000;

/**
 * Creates a job whose rows are in a file of this machine: a resumable upload, piece by piece, so that a file of any size
 * passes through 16 MiB of memory. The job comes into being with the last piece, all at once; an upload that is broken off
 * leaves nothing.
 *
 * @throws BigQueryRefusal; 409 when there is a job of that name
 */
export async function uploadJob(
  url: string,
  resource: object,
  file: string,
  authorize: () => Promise<Record<string, string>>,
  pieceBytes = PIECE_BYTES,
): Promise<void> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const session = await begin(url, resource, size, await authorize());
    for (let at = 0; at < size; at += pieceBytes) {
      await sendPiece(session, handle, at, Math.min(at + pieceBytes, size), size, await authorize());
    }
  } finally {
    await handle.close();
  }
}

async function begin(url: string, resource: object, size: number, headers: Record<string, string>): Promise<string> {
  const answer = await send(`${url}?uploadType=resumable`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json; charset=UTF-8',
      'x-upload-content-type': 'application/octet-stream',
      'x-upload-content-length': String(size),
    },
    body: JSON.stringify(resource),
  });
  const session = answer.headers.get('location');
  if (session === null) throw new BigQueryRefusal(0, 'unanswered', 'the upload got no address');
  return session;
}

async function sendPiece(
  session: string,
  handle: FileHandle,
  from: number,
  to: number,
  size: number,
  headers: Record<string, string>,
): Promise<void> {
  const piece = new Uint8Array(to - from);
  const { bytesRead } = await handle.read(piece, 0, piece.length, from);
  if (bytesRead !== piece.length) throw new BigQueryRefusal(0, 'unanswered', 'the file changed while it was uploaded');
  const answer = await send(session, {
    method: 'PUT',
    headers: { ...headers, 'content-range': `bytes ${from}-${to - 1}/${size}` },
    body: piece,
  });
  // What was not taken is sent again by starting over: the job's name makes that safe.
  const expected = to < size ? `bytes=0-${to - 1}` : null;
  if (expected !== null && (answer.status !== 308 || answer.headers.get('range') !== expected)) {
    throw new BigQueryRefusal(0, 'unanswered', 'a piece of the upload was not taken');
  }
}

async function send(url: string, request: RequestInit): Promise<Response> {
  const answer = await fetch(url, {
    ...request,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MILLIS),
  }).catch((error: Error) => {
    const cause = error.cause as { code?: string; message?: string } | undefined;
    throw new BigQueryRefusal(0, 'unanswered', cause?.code ?? cause?.message ?? error.message, null, { cause: error });
  });
  const text = await answer.text().catch(() => '');
  if (answer.ok || answer.status === 308) return answer;
  throw refused(answer, text);
}

function refused(answer: Response, text: string): BigQueryRefusal {
  const time = Date.parse(answer.headers.get('date') ?? '');
  const serverTime = Number.isNaN(time) ? null : time;
  try {
    const { error } = JSON.parse(text) as { error: { message: string; errors?: readonly { reason?: string }[] } };
    return new BigQueryRefusal(answer.status, error.errors?.[0]?.reason ?? '', error.message, serverTime);
  } catch {
    return new BigQueryRefusal(answer.status, '', text.slice(0, 200) || `HTTP ${answer.status}`, serverTime);
  }
}
