// CPU time of the Java processes below this one, from /proc (Linux).
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second: fixed on Linux whatever the kernel's own rate (man 5 proc). */
const TICKS = 100;

/** Watches until stopped: `stop()` gives seconds of CPU of all Java processes that were seen, those that ended included. */
export function watchJava() {
  const seconds = new Map();
  const look = () => {
    for (const { pid, ticks } of javaBelow(process.pid)) seconds.set(pid, ticks / TICKS);
  };
  const timer = setInterval(look, 250);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return [...seconds.values()].reduce((sum, each) => sum + each, 0);
    },
  };
}

function javaBelow(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(pid));
  const below = new Set([root]);
  // Parents have lower ids than their children but after a wrap-around: go round until nothing is added.
  for (let before = -1; before !== below.size;) {
    before = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  return all.filter(({ pid, name }) => name === 'java' && below.has(pid));
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return [{ pid: Number(pid), name, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch {
    // It has just ended.
    return [];
  }
}
