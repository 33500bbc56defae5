import { secondsOf, type Build, type BuildStep } from './build.js';

/** Fields that are used here; another may be right for Cloud Build, and is then to be added with a thought. */
const STEP_FIELDS = ['id', 'name', 'entrypoint', 'args', 'env', 'waitFor', 'timeout'];

/** `waitFor: ['-']` starts a step with the build. */
const AT_ONCE = '-';

/** Ids, fields, images and the graph of what waits for what. */
export function checkSteps({ steps, timeout }: Build): string[] {
  return [
    ...steps.flatMap(checkFields),
    ...steps.flatMap(checkImage),
    ...repeated(steps.map(({ id }) => id ?? '')).map((id) => `two steps are called ${id}`),
    ...checkOrder(steps),
    ...checkTimes(steps, timeout),
  ];
}

function checkFields(step: BuildStep, at: number): string[] {
  const where = step.id ?? `step ${at + 1}`;
  const unknown = Object.keys(step).filter((field) => !STEP_FIELDS.includes(field));
  return [
    ...unknown.map((field) => `${where} has the field ${field}`),
    ...(/^[a-z][a-z-]*$/.test(step.id ?? '') ? [] : [`${where} has no id of lower-case words`]),
    // Without it a step waits for all before it, which nobody sees.
    ...(step.waitFor?.length ? [] : [`${where} does not say what it waits for`]),
  ];
}

/** By digest, or by a version of three numbers: `latest` and `20` may be another image tomorrow. */
function checkImage({ id, name = '' }: BuildStep): string[] {
  const pinned = /@sha256:[0-9a-f]{64}$/.test(name) || /:\d+\.\d+\.\d+(-[a-z]+)*$/.test(name);
  return pinned ? [] : [`${id} runs in ${name || 'no image'}, which is not pinned`];
}

/** Cloud Build takes only steps that stand further up; so there is no cycle either. */
function checkOrder(steps: readonly BuildStep[]): string[] {
  return steps.flatMap(({ id, waitFor = [] }, at) => {
    const before = steps.slice(0, at).map((step) => step.id);
    return waitFor
      .filter((other) => other !== AT_ONCE && !before.includes(other))
      .map((other) => `${id} waits for ${other}, which is not above it`);
  });
}

function checkTimes(steps: readonly BuildStep[], whole: string | undefined): string[] {
  const missing = steps.filter(({ timeout }) => secondsOf(timeout) === null).map(({ id }) => `${id} has no timeout`);
  const limit = secondsOf(whole);
  if (limit === null) return [...missing, 'the build has no timeout'];
  const longest = Math.max(...steps.map((step) => longestPath(step, steps)));
  return longest <= limit || missing.length > 0
    ? missing
    : [`the build ends after ${limit}s, its steps may take ${longest}s`];
}

/** Seconds that a step and the longest chain of steps before it may take. */
function longestPath(step: BuildStep, steps: readonly BuildStep[]): number {
  const before = steps.slice(0, steps.indexOf(step)).filter(({ id }) => id && step.waitFor?.includes(id));
  return (secondsOf(step.timeout) ?? 0) + Math.max(0, ...before.map((other) => longestPath(other, steps)));
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}
