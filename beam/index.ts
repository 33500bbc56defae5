/**
 * The SDK as this project uses it: apache-beam 2.49.0 with its defects repaired (docs/decisions/0002-beam-shim.md).
 * Import Beam from here and from nowhere else. Prototypes are changed at import; nothing in node_modules is edited.
 */
import { repairCoders } from './coders.js';
import { awaitImpulse } from './impulse.js';
import { resetMetricsPerBundle } from './metrics.js';
import { awaitAsyncDoFns } from './pardo.js';
import { assertSupportedVersion } from './version.js';
import { installedVersion } from './sdk-internals.js';
import { makeSideInputsReiterable } from './side-inputs.js';

assertSupportedVersion(installedVersion);
repairCoders();
resetMetricsPerBundle();
makeSideInputsReiterable();
awaitAsyncDoFns();
awaitImpulse();

export { sdk as beam } from './sdk-internals.js';
export { globally } from './globally.js';
export { runOnDirectRunner } from './direct-runner.js';
export { register } from './register.js';
export { step } from './step.js';
export type { PCollection, Root } from 'apache-beam';
