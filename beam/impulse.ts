import { GlobalWindow, Long, operators, standardCoders } from './sdk-internals.js';

/** Beam's least timestamp in milliseconds: -(2^63) microseconds. */
const MIN_TIMESTAMP = '-9223372036854775';

/**
 * Replaces the DirectRunner's impulse, which drops the promise of what it starts: an asynchronous read would still run
 * when the bundle has finished.
 */
export function awaitImpulse(): void {
  operators.registerOperatorConstructor('beam:transform:impulse:v1', (id, transform, context) => {
    const receiver = context.getReceiver(Object.values(transform.outputs)[0] ?? '');
    return {
      transformId: id,
      startBundle: async () => {
        await receiver.receive({
          value: new Uint8Array(),
          windows: [new GlobalWindow()],
          pane: standardCoders.PaneInfoCoder.ONE_AND_ONLY_FIRING,
          timestamp: Long.fromValue(MIN_TIMESTAMP),
        });
      },
      process: () => null,
      finishBundle: async () => {},
    };
  });
}
