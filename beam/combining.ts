import { grouping } from './sdk-internals.js';

/**
 * Refuses a combiner that is not there when the pipeline is built. As shipped `combining` takes undefined, and the worker
 * fails with a word about `createAccumulator`; and it is easily undefined, because the package's index does not export the
 * combiners (`beam.sum`): they are in `apache-beam/transforms/combiners`, here `combiners`.
 */
export function refuseMissingCombiners(): void {
  const first = new grouping.GroupBy('key').combining('value', Math.max, 'most');
  const prototype = Object.getPrototypeOf(first) as typeof first;
  const combining = prototype.combining;
  prototype.combining = function combiningGiven(expression, combiner, resultName) {
    if (combiner === undefined || combiner === null) {
      throw new Error(
        `beam: combining into ${resultName} was given no combiner. Take it from combiners in beam/index.js, ` +
          'or give a function of two values.',
      );
    }
    return combining.call(this, expression, combiner, resultName);
  };
}
