import { freemem, totalmem, availableParallelism } from 'node:os';
import { error, ok, warning, type Finding } from './finding.js';

/** package.json `engines`. */
const LEAST_NODE = [20, 19] as const;
/** A run of 2,800 patients at one reading a second stays below 1.5 GiB (docs/benchmarks.md). */
const COMFORTABLE_MEMORY_BYTES = 2 * 2 ** 30;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const old = major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]);
  if (old) return error('node', `${version} is too old`, `Install Node ${LEAST_NODE.join('.')} or newer.`);
  return ok('node', version);
}

export function checkMemory(free = freemem(), total = totalmem()): Finding {
  const detail = `${gib(free)} of ${gib(total)} GiB free, ${availableParallelism()} cores`;
  if (free >= COMFORTABLE_MEMORY_BYTES) return ok('memory', detail);
  return warning('memory', detail, 'Free some memory, or run fewer patients: vitals start --patients 500.');
}

/** Whether apache-beam loads and is the release that its repairs were written for. */
export async function checkBeam(): Promise<Finding> {
  try {
    await import('../../beam/index.js');
    return ok('apache-beam', '2.49.0 with the repairs of beam/');
  } catch (cause) {
    return error('apache-beam', (cause as Error).message, 'Run npm ci.');
  }
}

/** Native and WebAssembly parts that an install for another platform would lack. */
export async function checkNativeParts(): Promise<Finding> {
  try {
    await import('@duckdb/node-api');
    await import('parquet-wasm/node');
    return ok('native parts', 'DuckDB and Parquet load');
  } catch (cause) {
    return error('native parts', (cause as Error).message, 'Run npm ci on this machine.');
  }
}

function gib(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
