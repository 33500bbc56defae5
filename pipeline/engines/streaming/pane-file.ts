import type { Suppressed } from '../../../transforms/deduplicate.js';
import type { ScoredReading } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';

/** What a bundle of a pane sink has gathered of one output of the graph. */
export type PaneFile =
  | { readonly output: 'silver.patient_vitals'; readonly rows: readonly ScoredReading[] }
  | { readonly output: 'silver.dead_letter'; readonly rows: readonly Reject[] }
  | { readonly output: 'suppressed'; readonly rows: readonly Suppressed[] };

export type PaneOutput = PaneFile['output'];

/** JSON: the values of a row are exact in it, and nothing parses faster into objects of one shape. */
export function encodePaneFile(output: PaneOutput, rows: readonly object[]): Uint8Array {
  return Buffer.from(JSON.stringify({ output, rows }));
}

export function decodePaneFile(bytes: Uint8Array): PaneFile {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as PaneFile;
}
