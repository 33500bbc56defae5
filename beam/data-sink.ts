import { operators, type Coder, type Operator, type ProcessResult, type WindowedValue } from './sdk-internals.js';
import {
  NEEDS_DELIMITERS,
  RemoteGrpcPort,
  Writer,
  type BufferWriter,
  type DataConsumer,
  type PortContext,
} from './worker-internals.js';

/** Bytes gathered before they are sent: large enough for a good rate, well below what any runner takes in one message. */
const FLUSH_BYTES = 1_000_000;

/**
 * Replaces the operator that sends a bundle's output to the runner. As shipped `flush` swaps its buffer only after an
 * await, while a generator goes on emitting: beyond 1 MB, every further element sends the whole buffer again.
 */
export function swapSinkBufferFirst(): void {
  operators.registerOperatorConstructor('beam:runner:sink:v1', (id, transform, context) => {
    const port = RemoteGrpcPort.fromBinary(transform.spec.payload);
    return new DataSink(id, port.apiServiceDescriptor?.url ?? '', port.coderId, context as PortContext);
  });
}

class DataSink implements Operator {
  readonly #coder: Coder;
  #buffer: BufferWriter = new Writer();
  #channel: DataConsumer | undefined;

  constructor(
    readonly transformId: string,
    private readonly url: string,
    coderId: string,
    private readonly context: PortContext,
  ) {
    this.#coder = context.pipelineContext.getCoder(coderId);
    context.getDataChannel(url);
  }

  async startBundle(): Promise<void> {
    this.#channel = this.context.getDataChannel(this.url).getSendChannel(this.context.getBundleId(), this.transformId);
    this.#buffer = new Writer();
  }

  process(value: WindowedValue): ProcessResult {
    this.#coder.encode(value, this.#buffer, NEEDS_DELIMITERS);
    return this.#buffer.len > FLUSH_BYTES ? this.#flush() : null;
  }

  async finishBundle(): Promise<void> {
    await this.#flush();
    this.#channel?.close();
  }

  #flush(): ProcessResult {
    if (this.#buffer.len === 0 || !this.#channel) return null;
    const bytes = this.#buffer.finish();
    this.#buffer = new Writer();
    return this.#channel.sendData(bytes);
  }
}
