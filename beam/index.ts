/**
 * The SDK as this project uses it: apache-beam 2.49.0 with its defects repaired (docs/decisions/0002-beam-shim.md).
 * Import Beam from here and from nowhere else. Prototypes are changed at import; nothing in node_modules is edited.
 */
import { installRepairs } from './repairs.js';
import { installedVersion } from './sdk-internals.js';
import { assertSupportedVersion } from './version.js';

assertSupportedVersion(installedVersion);
installRepairs();

export { combiners, sdk as beam } from './sdk-internals.js';
export { globally } from './globally.js';
export { runOnDirectRunner } from './direct-runner.js';
export { register } from './register.js';
export { step } from './step.js';
export { afterAny, afterCount, afterProcessingTime, afterWatermark, repeatedly } from './triggers.js';
export { windowing } from './windowing.js';
export { fixedWindows, globalWindows, sessionWindows, slidingWindows } from './windows.js';
export type { AfterWatermark, Trigger } from './triggers.js';
export type { Windowing } from './windowing.js';
export type { WindowFn } from './windows.js';
export type { PCollection, Root } from 'apache-beam';
