import type { BatchVersions } from '../lake/manifest.js';
import type { ShareResources } from '../pipeline/engines/micro-batch/share.js';
import type { GraphOptions } from '../pipeline/graph.js';

/** What the stages are set to, what they name, and what a batch says of both. */
export interface GraphSetting {
  readonly graph: GraphOptions;
  readonly resources: ShareResources;
  readonly versions: BatchVersions;
}
