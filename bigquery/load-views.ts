import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sourcesOf } from './syntax.js';
import { parseView, type ViewDefinition } from './view.js';

/** Every view of a folder, each after the views that it reads. */
export async function loadViews(folder: string): Promise<readonly ViewDefinition[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const views = await Promise.all(names.map(async (name) => parseView(await readFile(join(folder, name), 'utf8'))));
  return inOrderOfUse(views);
}

function inOrderOfUse(views: readonly ViewDefinition[]): readonly ViewDefinition[] {
  const byName = new Map(views.map((view) => [view.name, view]));
  const ordered = new Set<ViewDefinition>();
  const visit = (view: ViewDefinition, path: readonly string[]): void => {
    if (path.includes(view.name)) throw new Error(`Views read each other in a circle: ${path.join(' > ')}`);
    for (const source of sourcesOf(view.select)) {
      const other = byName.get(source);
      if (other !== undefined) visit(other, [...path, view.name]);
    }
    ordered.add(view);
  };
  for (const view of views) visit(view, []);
  return [...ordered];
}
