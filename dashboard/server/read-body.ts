import type { IncomingMessage } from 'node:http';
import { BadRequest } from './parameters.js';

/** Bytes: a name and a note, in any script. */
const MAX_BODY = 16 * 1024;

/** The body of a request as text. @throws BadRequest for one that is too long or breaks off */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MAX_BODY) throw new BadRequest('The body is too long', `Send at most ${MAX_BODY} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof BadRequest) throw error;
    throw new BadRequest('The body broke off', 'Send it again');
  }
  return Buffer.concat(chunks).toString('utf8');
}
