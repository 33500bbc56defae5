import type { Build, BuildStep } from './build.js';

/** What the checks need to know of the repository. */
export interface Scripts {
  /** The text of a script, null when there is none of that path. */
  text(path: string): string | null;
  isExecutable(path: string): boolean;
}

const FOLDER = 'scripts/ci/';

/** Each step calls one script of the repository and gives it every variable that it asks for. */
export function checkScripts(build: Build, scripts: Scripts): string[] {
  return build.steps.flatMap((step) => checkScript(step, build.options?.env ?? [], scripts));
}

function checkScript(step: BuildStep, shared: readonly string[], scripts: Scripts): string[] {
  const [path = '', ...more] = step.args ?? [];
  if (!path.startsWith(FOLDER)) return [`${step.id} calls ${path || 'nothing'}, which is no script of ${FOLDER}`];
  const text = scripts.text(path);
  if (text === null) return [`${step.id} calls ${path}, which is not there`];
  return [
    ...(scripts.isExecutable(path) ? [] : [`${path} is not executable`]),
    ...(step.entrypoint === shellOf(text) ? [] : [`${step.id} runs ${path} with ${step.entrypoint}`]),
    ...more.filter((argument) => /[;&|`\n]/.test(argument)).map(() => `${step.id} has shell text in its arguments`),
    ...checkVariables(step, shared, demandsOf(text, scripts)),
  ];
}

function shellOf(text: string): string {
  return text.startsWith('#!/bin/sh') ? 'sh' : 'bash';
}

function checkVariables(step: BuildStep, shared: readonly string[], demands: readonly string[]): string[] {
  const given = [...shared, ...(step.env ?? [])].map((pair) => pair.slice(0, pair.indexOf('=')));
  return demands.filter((name) => !given.includes(name)).map((name) => `${step.id} is not given ${name}`);
}

/** Variables that a script asks for with need_env, itself or through a function or a file that it uses. */
function demandsOf(text: string, scripts: Scripts): string[] {
  const sourced = [...text.matchAll(/^\s*source (scripts\/ci\/[\w-]+\.sh)$/gm)].map(([, path]) => path!);
  const common = scripts.text(`${FOLDER}common.sh`) ?? '';
  const called = [...text.matchAll(/^\s*(need_(?:commit|place))$/gm)].map(([, name]) => bodyOf(name!, common));
  return [
    ...[...text.matchAll(/^\s*need_env (\w+) /gm)].map(([, name]) => name!),
    ...called.flatMap((body) => demandsOf(body, scripts)),
    ...sourced.flatMap((path) => demandsOf(scripts.text(path) ?? '', scripts)),
  ];
}

function bodyOf(name: string, text: string): string {
  return new RegExp(`^${name}\\(\\) \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(text)?.[1] ?? '';
}
