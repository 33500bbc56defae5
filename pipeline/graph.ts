import { beam, step, type PCollection, type Root } from '../beam/index.js';
import type { GraphOutput } from './graph-output.js';
import type { AnomalyModelName, PatientsName, PseudonymName } from './options.js';
import { alertBlocks } from '../transforms/alert.js';
import { apply, type Block } from '../transforms/block.js';
import { cleanseBlocks, type CleanseOptions } from '../transforms/cleanse.js';
import { currentBlocks } from '../transforms/current.js';
import { decodeBlocks, type DecodeOptions } from '../transforms/decode/index.js';
import { deduplicateBlocks } from '../transforms/deduplicate.js';
import { enrichBlocks } from '../transforms/enrich.js';
import { identifyBlocks } from '../transforms/identify.js';
import type { Message } from '../transforms/reading.js';
import { scoreBlocks } from '../transforms/score.js';
import { summarizeBlocks } from '../transforms/summarize.js';
import { trendBlocks } from '../transforms/trend.js';
import { wardAlertBlocks } from '../transforms/ward-alerts.js';
import { ONE_MINUTE, windowBlocks } from '../transforms/window.js';

/** What the stages are set to; plain JSON, because it travels with the graph. */
export interface GraphOptions {
  readonly decode: DecodeOptions;
  readonly cleanse: CleanseOptions;
  readonly pseudonym: PseudonymName;
  readonly patients: PatientsName;
  readonly model: AnomalyModelName | null;
  /** Scores in the shadow of {@link model}: its scores stand beside, and decide nothing. */
  readonly challenger?: AnomalyModelName | null;
  readonly ruleVersion: string;
  /** Groups of patients that a shuffle may spread over workers; 1, the default, where all meet in one process. */
  readonly buckets?: number;
}

/** Where a graph's messages come from and where its rows go: all that differs between engines. */
export interface GraphPorts {
  read(root: Root): PCollection<Block<Message>>;
  write(output: GraphOutput, rows: PCollection<never>): void;
}

/**
 * The whole program, top to bottom. Every step has an explicit, stable name (test/pipeline/graph.test.ts holds the list).
 *
 * Bronze stands before it: the engine freezes every message, bytes untouched, and what it read is what it froze.
 */
export function buildGraph(root: Root, ports: GraphPorts, options: GraphOptions): void {
  const messages = ports.read(root);
  const decoded = apply(messages, 'Decode', decodeBlocks(options.decode));
  const cleansed = apply(decoded.rows, 'Cleanse', cleanseBlocks(options.cleanse));
  const identified = apply(cleansed.rows, 'Identify', identifyBlocks(options.pseudonym));
  const windowed = apply(identified, 'Window', windowBlocks(ONE_MINUTE, options.buckets));
  const unique = apply(windowed, 'Deduplicate', deduplicateBlocks(options.buckets));
  const enriched = apply(unique.rows, 'Enrich', enrichBlocks(options.patients));
  const scored = apply(enriched, 'Score', scoreBlocks(options.model, options.ruleVersion, options.challenger ?? null));
  const current = apply(scored, 'Current', currentBlocks());
  const alerts = apply(current, 'Alert', alertBlocks(options.ruleVersion));

  const write = (output: GraphOutput, rows: unknown) => ports.write(output, rows as PCollection<never>);
  write('silver.patient_vitals', scored);
  write('gold.patient_summary', apply(current, 'Summarize', summarizeBlocks()));
  write('gold.vitals_hourly', apply(current, 'Trend', trendBlocks(options.buckets)));
  write('gold.alerts', alerts);
  write('gold.ward_alerts_hourly', apply(alerts, 'Count ward alerts', wardAlertBlocks()));
  write('suppressed', unique.suppressed);
  write('silver.dead_letter', flatten('Flatten rejects', [decoded.rejects, cleansed.rejects]));
}

function flatten<T>(name: string, inputs: PCollection<T>[]): PCollection<T> {
  return beam.P(inputs).apply(step(name, beam.flatten()) as never) as PCollection<T>;
}
