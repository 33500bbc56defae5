import type { PCollection } from '../../../beam/index.js';
import { runPortably } from '../../../beam/portable/index.js';
import { appendFired, readFired, type Fired, type TestStream } from '../../../beam/testing/index.js';
import { fireEarlyAndLate } from '../../../pipeline/engines/streaming/streaming-windows.js';
import { withFolder } from '../support/folder.js';
import type { Prism } from '../support/prism.js';

/** How the windows of these tests fire: early 10 s of processing time after a pane's first element, late per element. */
export const FIRING = { earlyMillis: 10_000, latenessMillis: 600_000 };

/** A script that ends itself must end soon. */
const TIMEOUT_MILLIS = 30_000;

/**
 * Plays a test stream through stages on Prism, under the triggers of the continuous engine, and gathers what fired.
 *
 * @param stages from the stream's elements to one collection, whose elements are gathered
 * @returns each element with its window and pane, in the order of the panes of a window
 */
export function firePanes<In, Out>(
  prism: Prism,
  stream: TestStream<In>,
  stages: (input: PCollection<In>) => PCollection<Out>,
): Promise<Fired<Out>[]> {
  return withFolder(async (folder) => {
    await runPortably(
      (root) => {
        appendFired('Append', folder, stages(stream.applyTo(root)));
        fireEarlyAndLate(root, FIRING);
      },
      {
        jobEndpoint: prism.jobEndpoint,
        jobName: 'event-time',
        worker: { kind: 'loopback' },
        timeoutMillis: TIMEOUT_MILLIS,
      },
    );
    return readFired<Out>(folder).sort((a, b) => (a.window?.[0] ?? 0) - (b.window?.[0] ?? 0) || a.pane - b.pane);
  });
}
