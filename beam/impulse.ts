import { globally } from './globally.js';
import { operators } from './sdk-internals.js';

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
        await receiver.receive(globally(new Uint8Array()));
      },
      process: () => null,
      finishBundle: async () => {},
    };
  });
}
