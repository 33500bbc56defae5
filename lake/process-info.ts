import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from './storage/disk-error.js';

/** A process, told apart from every other that ever had its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start in clock ticks after boot (`/proc/<pid>/stat`, field 22); null where the system does not say. */
  readonly started: string | null;
  readonly host: string;
  /** The kernel's boot id; null where the system does not say. */
  readonly boot: string | null;
}

/** What the writer lock asks about processes: an argument, so that tests can play dead. */
export interface ProcessInfo {
  readonly self: ProcessIdentity;
  /** False only when it is certain that the process is gone. */
  isAlive(other: ProcessIdentity): boolean;
}

/** This process, and what this machine knows about others. */
export function currentProcess(): ProcessInfo {
  const self = { pid: process.pid, started: startOf(process.pid), host: hostname(), boot: bootId() };
  return { self, isAlive: (other) => isAlive(self, other) };
}

function isAlive(self: ProcessIdentity, other: ProcessIdentity): boolean {
  // Nothing can be known from here about a process of another machine.
  if (other.host !== self.host) return true;
  if (other.boot !== null && self.boot !== null && other.boot !== self.boot) return false;
  if (!isRunning(other.pid)) return false;
  return startOf(other.pid) === other.started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Field 22 of `/proc/<pid>/stat`; the name of the program (field 2, in parentheses) may hold spaces and parentheses. */
function startOf(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function bootId(): string | null {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
