import { openHospital } from './hospital.mjs';
import { CHROMIUM } from './chromium.mjs';

/** One hospital for every suite; where it is, is told through the environment. */
export default async function globalSetup() {
  // One that runs already, while suites are written.
  if (CHROMIUM === null || process.env.BROWSER_HOSPITAL) return;
  const { close, ...hospital } = await openHospital();
  globalThis.closeHospital = close;
  process.env.BROWSER_HOSPITAL = JSON.stringify(hospital);
}
