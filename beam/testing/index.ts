/** Tools for tests of event time (docs/event-time-tests.md). */
export { testStream, type TestStream, type TimestampedElement } from './test-stream.js';
export { appendFired, readFired, type Fired, type PaneTiming } from './fired.js';
export { readNdjson, writeNdjson } from './ndjson.js';
