// The DoFns of an unbounded job register themselves when their modules are loaded.
import '../streaming/pull-and-land.js';
import '../streaming/write-landing.js';
import '../streaming/write-panes.js';

/** Gives a worker process of an unbounded job what its stages name, as for bounded ones. */
export { setUpWorker } from './worker-setup.js';
