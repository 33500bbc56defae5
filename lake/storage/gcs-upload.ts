import { randomBytes } from 'node:crypto';
import { crc32c, crc32cText } from './crc32c.js';
import { damagedReply, refusal } from './gcs-failure.js';
import { OBJECT_FIELDS, parseObject, TOKEN, type GcsObject } from './gcs-object.js';
import type { GcsReply } from './gcs-reply.js';
import type { GcsRequest } from './gcs-request.js';

/** A new object on its way: the same description in every attempt, so that any of them may be the one that arrives. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly crc32c: string;
  /** Tells this call's object from one that somebody else wrote, even with the same bytes. */
  readonly token: string;
}

/** `taken`: the name belongs to an object already, perhaps to that of an earlier attempt of this very call. */
export type UploadOutcome = GcsObject | 'taken';

export function uploadOf(name: string, bytes: Uint8Array): Upload {
  return { name, bytes, crc32c: crc32cText(crc32c(bytes)), token: randomBytes(12).toString('hex') };
}

/** The whole object in one request. The storage compares the bytes with the checksum before it keeps them. */
export function multipartRequest(bucketPath: string, upload: Upload): GcsRequest {
  const boundary = `vitals-${upload.token}`;
  const head = `--${boundary}\r\ncontent-type: application/json\r\n\r\n${describeUpload(upload)}\r\n--${boundary}\r\ncontent-type: ${TYPE}\r\n\r\n`;
  return {
    method: 'POST',
    url: `/upload${bucketPath}/o`,
    query: { uploadType: 'multipart', ifGenerationMatch: '0', fields: OBJECT_FIELDS },
    headers: { 'content-type': `multipart/related; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), upload.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** What an upload's last answer says. Throws for anything but "done" and "taken". */
export function uploadOutcome(reply: GcsReply, upload: Upload): UploadOutcome {
  if (reply.status === 412) return 'taken';
  if (reply.status !== 200 && reply.status !== 201) throw refusal(reply);
  const object = parseObject(reply.body);
  if (object.size !== upload.bytes.length || object.crc32c !== upload.crc32c) {
    throw damagedReply('the storage says it keeps other bytes than were sent');
  }
  return object;
}

/** The description that every attempt sends along. */
export function describeUpload({ name, crc32c: checksum, token }: Upload): string {
  return JSON.stringify({ name, contentType: TYPE, crc32c: checksum, metadata: { [TOKEN]: token } });
}

/** The same for every object: nothing on the way gets the idea to compress it. */
export const TYPE = 'application/octet-stream';
