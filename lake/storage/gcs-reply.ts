/** A whole answer: its body has been received to the end. */
export interface GcsReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}
