import type { ProcessInfo } from '../../lake/process-info.js';

const dead = new Set<number>();
let lastPid = 0;

/** A process of its own for one writer, so that a test can let it die. */
export function fakeProcess(): ProcessInfo & { die(): void } {
  lastPid += 1;
  const pid = lastPid;
  return {
    self: { pid, started: '1', host: 'ward', boot: 'b' },
    isAlive: (other) => !dead.has(other.pid),
    die: () => void dead.add(pid),
  };
}
