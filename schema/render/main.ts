import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { schemaRenderings } from './renderings.js';

/** `npm run render`, first half: writes what is rendered from the schema into the working tree (the current folder). */
for (const [path, text] of schemaRenderings()) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
