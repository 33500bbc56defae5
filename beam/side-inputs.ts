import { stateProviders } from './sdk-internals.js';

/** Makes an iterable side input readable more than once a bundle: as shipped it is a generator, empty the second time. */
export function makeSideInputsReiterable(): void {
  const provider = stateProviders.CachingStateProvider.prototype;
  const getState = provider.getState;
  provider.getState = function getStateOnce(key, decode) {
    return getState.call(this, key, (bytes) => {
      const decoded = decode(bytes);
      return isOneShot(decoded) ? [...decoded] : decoded;
    });
  };
}

function isOneShot(value: unknown): value is Generator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value;
}
