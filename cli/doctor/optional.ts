import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { error, note, ok, type Finding } from './finding.js';

/** Programs that some commands need, and most do not. */
const PROGRAMS = [
  {
    check: 'Java',
    names: ['java'],
    need: 'vitals run --engine flink, and the emulator of Pub/Sub',
    remedy: 'Debian: apt-get install default-jre-headless; then bash scripts/engines/flink.sh.',
  },
  {
    check: 'Python',
    names: ['python3'],
    need: 'npm run test:delta, test:notebooks and test:cloud',
    remedy: 'Debian: apt-get install python3 python3-venv.',
  },
  {
    check: 'Go',
    names: ['go'],
    need: 'npm run test:engines (Prism) and test:cloud (Terraform)',
    remedy: 'Install Go 1.25 or newer from go.dev/dl.',
  },
  {
    check: 'Terraform',
    names: ['terraform'],
    need: 'a deployment, and npm run test:cloud',
    remedy: 'Install Terraform 1.9 or newer from developer.hashicorp.com/terraform/install.',
  },
  {
    check: 'Chromium',
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    need: 'npm run test:browser',
    remedy: 'Debian: bash scripts/install-chromium.sh.',
  },
] as const;

/** What is missing for single commands: nothing that the main job needs. @param path the variable PATH */
export function checkPrograms(path: string): readonly Finding[] {
  return PROGRAMS.map(({ check, names, need, remedy }) => {
    const found = path.split(delimiter).some((folder) => names.some((name) => existsSync(join(folder, name))));
    return found ? ok(check, `for ${need}`) : note(check, `not here; only for ${need}`, remedy);
  });
}

/** Whether the pages of the dashboard are built. @param folder where they are built to */
export function checkPages(folder = fileURLToPath(new URL('../../dashboard/pages/', import.meta.url))): Finding {
  if (existsSync(join(folder, 'index.html')) && existsSync(join(folder, 'app.js')))
    return ok('dashboard', 'pages are built');
  return error('dashboard', 'its pages are not built', 'Run npm run build.');
}
