import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { schemaRenderings } from '../../schema/render/renderings.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('what is rendered from the schema and committed', () => {
  test.each([...schemaRenderings().keys()])('%s is fresh (npm run render)', (path) => {
    expect(readFileSync(ROOT + path, 'utf8')).toBe(schemaRenderings().get(path));
  });

  test('no table is left that the schema no longer has', () => {
    const files = ['bigquery/tables', 'bigquery/schemas'].flatMap((folder) =>
      readdirSync(ROOT + folder).map((name) => `${folder}/${name}`),
    );
    expect(files.sort()).toEqual([...schemaRenderings().keys()].filter((path) => path.startsWith('bigquery/')).sort());
  });
});
