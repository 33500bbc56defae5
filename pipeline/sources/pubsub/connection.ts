/** What a subscription offers its reader. */
export interface SubscriptionTraits {
  readonly exactlyOnce: boolean;
  readonly ordered: boolean;
}

/** A message as the broker delivers it. */
export interface ReceivedMessage {
  readonly ackId: string;
  readonly message: {
    readonly data: Uint8Array | string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly messageId: string;
    readonly publishTime: { readonly seconds: string | number; readonly nanos: number } | null;
  };
}

/** A streaming pull under way. */
export interface PullStream {
  on(event: 'data', listener: (response: { receivedMessages: readonly ReceivedMessage[] }) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  write(request: object): unknown;
  pause(): unknown;
  resume(): unknown;
  cancel(): void;
}

export interface PullRequest {
  readonly streamAckDeadlineSeconds: number;
  /** Delivered and not acknowledged, at most. */
  readonly maxOutstandingMessages: number;
  readonly maxOutstandingBytes: number;
}

/** The calls to a broker that reading a subscription takes; each is one request, tried once. */
export interface Connection {
  openStream(request: PullRequest): PullStream;
  acknowledge(ackIds: readonly string[]): Promise<void>;
  /** Gives messages so many seconds from now; 0 gives them back. */
  changeDeadline(ackIds: readonly string[], seconds: number): Promise<void>;
  describe(): Promise<SubscriptionTraits>;
  close(): Promise<void>;
}
