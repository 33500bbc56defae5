import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A step of a Cloud Build configuration, as far as this project uses it. */
export interface BuildStep {
  readonly id?: string;
  readonly name?: string;
  readonly entrypoint?: string;
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  readonly waitFor?: readonly string[];
  readonly timeout?: string;
}

/** A Cloud Build configuration, as far as this project uses it. */
export interface Build {
  readonly steps: readonly BuildStep[];
  readonly images?: readonly string[];
  readonly artifacts?: { readonly objects?: { readonly location?: string; readonly paths?: readonly string[] } };
  readonly serviceAccount?: string;
  readonly substitutions?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>> & { readonly env?: readonly string[] };
  readonly timeout?: string;
  readonly tags?: readonly string[];
}

/** @throws YAMLParseError for a file that is no YAML */
export function readBuild(path: string): Build {
  return parse(readFileSync(path, 'utf8')) as Build;
}

/** Seconds of a duration such as `600s`; null for anything else. */
export function secondsOf(duration: string | undefined): number | null {
  const match = /^(\d+)s$/.exec(duration ?? '');
  return match ? Number(match[1]) : null;
}
