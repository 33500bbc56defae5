import { existsSync } from 'node:fs';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine; null where there is none, and then the suites are skipped by name. */
export const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;
