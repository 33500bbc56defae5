import { metrics } from './sdk-internals.js';

/** Resets a metric cell with its bundle: as shipped cells go on counting, and a runner that adds bundles counts twice. */
export function resetMetricsPerBundle(): void {
  const cell = Object.getPrototypeOf(new metrics.MetricsContainer().elementCountMetric('')) as {
    is_set: boolean;
    value: { reset(): void };
    reset(): void;
  };
  cell.reset = function reset() {
    this.is_set = false;
    this.value.reset();
  };
}
