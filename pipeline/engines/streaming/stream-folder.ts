import { createHash } from 'node:crypto';
import type { GraphOptions } from '../../graph.js';
import type { StreamingOptions } from './streaming-options.js';

/** Below the lake's root: what a job and its committer hand each other. Nothing there outlives its batch. */
const FOLDER = '_stream';

/** Hex digits of a content hash in the name of a file: 128 bits. */
const HASH_DIGITS = 32;

/** Messages as they arrived; the truth of a message until bronze has it. */
export function landingFolder(job: string): string {
  return `${FOLDER}/${job}/landing/`;
}

/** While this object is there, the workers of a job that pull for themselves pull nothing more. */
export function stopMarker(job: string): string {
  return `${FOLDER}/${job}/stop`;
}

/** All panes of a job, whatever the graph was set to. */
export function allPanesFolder(job: string): string {
  return `${FOLDER}/${job}/panes/`;
}

/** Panes of a job under the options that made them: rows of another model or other patients are never mixed in. */
export function panesFolder({ job, graph }: Pick<StreamingOptions, 'job' | 'graph'>): string {
  return `${allPanesFolder(job)}${graphHash(graph)}/`;
}

/** The name of an immutable file: the same content has the same name, so a bundle that is tried again writes nothing new. */
export function contentName(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, HASH_DIGITS);
}

/** Of what decides about rows; how patients are dealt to workers does not. */
function graphHash(graph: GraphOptions): string {
  const entries = Object.entries(graph)
    .filter(([name]) => name !== 'buckets')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 12);
}
