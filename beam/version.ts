import { SUPPORTED_BEAM_VERSION } from './sdk-internals.js';

/** Refuses any other release: the repairs reach into internals that another release may have changed. */
export function assertSupportedVersion(installed: string): void {
  if (installed === SUPPORTED_BEAM_VERSION) return;
  throw new Error(
    `beam: apache-beam ${installed} is installed, but the repairs in beam/ are for ${SUPPORTED_BEAM_VERSION}. ` +
      'Run `npm ci`, or revise beam/ for the new release.',
  );
}
