import { Long, metrics } from './sdk-internals.js';
import { Writer, Reader } from './worker-internals.js';

interface Distribution {
  count: number;
  sum: number;
  min: number;
  max: number;
  payload(): Uint8Array;
  loadFromPayload(payload: Uint8Array): void;
}

/**
 * Codes a distribution as the protocol says, four varints. As shipped they stand in an iterable, whose length of four
 * bytes a runner takes for the figures: count, sum and minimum 0.
 */
export function repairDistributions(): void {
  const spec = { name: '', metricType: 'beam:metric:user:distribution_int64:v1' };
  const cell = new metrics.MetricsContainer().getMetric('', '', spec) as { readonly value: Distribution };
  const distribution = Object.getPrototypeOf(cell.value) as Distribution;
  distribution.payload = function payload() {
    const writer = new Writer();
    for (const figure of [this.count, this.sum, this.min, this.max]) writer.int64(Long.fromNumber(figure));
    return writer.finish();
  };
  distribution.loadFromPayload = function loadFromPayload(payload) {
    const reader = Reader.create(payload);
    const figure = () => reader.int64().toNumber();
    Object.assign(this, { count: figure(), sum: figure(), min: figure(), max: figure() });
  };
}
