import type { RunStatus } from '../pipeline/engines/micro-batch/status.js';

/** Where progress goes: a line that is rewritten on a terminal, a line every few seconds elsewhere. */
export interface StatusLine {
  show(status: RunStatus): void;
  /** Leaves the last state on a line of its own. */
  end(): void;
}

/** Milliseconds between lines when nobody is looking at a terminal. */
const QUIET_PERIOD_MILLIS = 5_000;

export function openStatusLine(stream: NodeJS.WriteStream, clock: () => number): StatusLine {
  let last: RunStatus | undefined;
  let shownAt = -Infinity;
  let due: NodeJS.Timeout | null = null;
  const writeLine = () => {
    due = null;
    if (last) stream.write(describeStatus(last) + '\n');
    shownAt = clock();
  };
  return {
    show: (status) => {
      last = status;
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${describeStatus(status).slice(0, (stream.columns ?? 120) - 1)}`);
        return;
      }
      const wait = shownAt + QUIET_PERIOD_MILLIS - clock();
      if (wait <= 0) writeLine();
      // Otherwise the state before a silence would never be told.
      else due ??= setTimeout(writeLine, wait).unref();
    },
    end: () => {
      if (due !== null) clearTimeout(due);
      if (last) stream.write((stream.isTTY ? '\r\u001b[K' : '') + describeStatus(last) + '\n');
    },
  };
}

/** One line: what came in, where it went, how far behind and how fast. */
export function describeStatus(status: RunStatus): string {
  const { run } = status;
  const count = (n: number) => n.toLocaleString('en-US');
  const lag = status.lagMillis === null ? '-' : `${(status.lagMillis / 1000).toFixed(1)} s`;
  return [
    `received ${count(run.received)}`,
    `silver ${count(run.silver)}`,
    `rejected ${count(run.dead_letter)}`,
    `suppressed ${count(run.suppressed)}`,
    `alerts ${count(run.alerts)}`,
    `lag ${lag}`,
    `${count(Math.round(status.readingsPerSecond))} readings/s`,
  ].join('  ');
}
