import { damagedReply, isTransient, refusal, Refused } from './gcs-failure.js';
import { OBJECT_FIELDS } from './gcs-object.js';
import type { GcsReply } from './gcs-reply.js';
import type { GcsRequest } from './gcs-request.js';
import { describeUpload, TYPE, uploadOutcome, type Upload, type UploadOutcome } from './gcs-upload.js';

/** How requests are sent: once, and as often as they deserve. */
export interface Sender {
  once(request: GcsRequest): Promise<GcsReply>;
  retried<T>(work: () => Promise<T>): Promise<T>;
}

/** The session of an upload is of no more use; another one may be. */
export class SessionLost extends Refused {
  constructor({ status, message }: Refused) {
    super(status, message, true);
  }
}

/** Pieces that may come to nothing, one after the other, before a new session is begun. */
const STUCK = 5;

/**
 * A large object in pieces, through a session that survives broken connections: after each the storage is asked how far it
 * got, and only the rest is sent. The object appears with the last piece, whole, if its name is still free.
 *
 * Throws {@link SessionLost} when it takes a new session, and the whole object once more.
 */
export async function resumableUpload(
  bucketPath: string,
  upload: Upload,
  chunkBytes: number,
  sender: Sender,
): Promise<UploadOutcome> {
  const session = await openSession(bucketPath, upload, sender);
  if (session === 'taken') return session;
  const { length } = upload.bytes;
  let offset = 0;
  let stuck = 0;
  /** The answer to the last piece got lost: only the storage knows where it stands. */
  let unsure = false;
  const sendPiece = async (): Promise<GcsReply> => {
    if (unsure || offset === length) {
      const progress = await askProgress(session, length, sender);
      if (progress.status !== 308) return progress;
      offset = reachedOf(progress);
      if (offset === length) return progress;
    }
    unsure = true;
    const reply = await sender.once(pieceRequest(session, upload, offset, Math.min(offset + chunkBytes, length)));
    if (reply.status !== 308 && isTransient(refusal(reply)) && !isLost(reply)) throw refusal(reply);
    unsure = false;
    return reply;
  };
  for (;;) {
    const reply = await sender.retried(sendPiece);
    if (isLost(reply)) throw new SessionLost(refusal(reply));
    if (reply.status !== 308) return uploadOutcome(reply, upload);
    const reached = reachedOf(reply);
    stuck = reached > offset ? 0 : stuck + 1;
    if (stuck > STUCK) throw new SessionLost(damagedReply('the upload makes no progress'));
    offset = reached;
  }
}

async function openSession(bucketPath: string, upload: Upload, sender: Sender): Promise<string> {
  return sender.retried(async () => {
    const reply = await sender.once({
      method: 'POST',
      url: `/upload${bucketPath}/o`,
      query: { uploadType: 'resumable', ifGenerationMatch: '0', name: upload.name, fields: OBJECT_FIELDS },
      headers: {
        'content-type': 'application/json',
        'x-upload-content-type': TYPE,
        'x-upload-content-length': String(upload.bytes.length),
      },
      body: Buffer.from(describeUpload(upload)),
    });
    if (reply.status === 412) return 'taken';
    const session = reply.headers.get('location');
    if (reply.status !== 200 && reply.status !== 201) throw refusal(reply);
    if (session === null) throw damagedReply('the storage names no upload session');
    return session;
  });
}

function pieceRequest(session: string, { bytes }: Upload, start: number, end: number): GcsRequest {
  const headers = { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` };
  return { method: 'PUT', url: session, headers, body: bytes.subarray(start, end) };
}

async function askProgress(session: string, length: number, sender: Sender): Promise<GcsReply> {
  const headers = { 'content-range': `bytes */${length}` };
  const reply = await sender.once({ method: 'PUT', url: session, headers, body: new Uint8Array(0) });
  if (reply.status !== 308 && !isLost(reply) && isTransient(refusal(reply))) throw refusal(reply);
  return reply;
}

/** Forgotten by the storage (expired, or finished long ago), or given up because the bytes arrived damaged. */
function isLost(reply: GcsReply): boolean {
  return reply.status === 404 || reply.status === 410 || (reply.status === 400 && refusal(reply).transient);
}

/** `range: bytes=0-<last byte kept>`; without it nothing has been kept. */
function reachedOf({ headers }: GcsReply): number {
  const [, last] = /^(?:bytes=)?0-(\d+)$/.exec(headers.get('range') ?? '') ?? [];
  return last === undefined ? 0 : Number(last) + 1;
}
