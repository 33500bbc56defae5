import type { RunnerApi } from '../../../beam/portable/internals.js';

/**
 * What the SDK calls the steps inside its own composites, and what they are called here. Its names are stringified objects
 * and a compiler's temporaries (`map(_tct_transform_15)`, `withCoderInternal([object Object])`): an update of a running job
 * maps steps by name, and such a name may change with the next build of the SDK.
 */
const SDK_NAMES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^map\(_tct_transform_\d+\)$/, 'Key'],
  [/^withCoderInternal\(\[object Object\]\)$/, 'Code'],
  [/^combinePerKey\(\[object Object\]\)$/, 'Combine'],
  [/^groupByKey$/, 'By key'],
];

/** Gives the SDK's own steps stable names; the names of this project's steps are left alone. Changes the pipeline. */
export function nameSdkSteps(pipeline: RunnerApi.Pipeline): void {
  const transforms = pipeline.components?.transforms ?? {};
  const visit = (id: string, parent: string, parentWas: string) => {
    const transform = transforms[id];
    if (!transform) return;
    const was = transform.uniqueName;
    const prefix = parentWas === '' ? '' : `${parentWas}/`;
    const own = was.startsWith(prefix) ? was.slice(prefix.length) : was;
    transform.uniqueName = (parent === '' ? '' : `${parent}/`) + stableName(own);
    for (const child of transform.subtransforms) visit(child, transform.uniqueName, was);
  };
  for (const id of pipeline.rootTransformIds) visit(id, '', '');
}

function stableName(name: string): string {
  return SDK_NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}
