import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface SimulatorFlags {
  readonly patients: number;
  readonly interval: number;
  readonly seed: string;
  readonly duration: string | undefined;
  readonly dialect: string;
  readonly landing: string;
}

export interface SimulatorProcess {
  /** Resolves when it has ended of itself; rejects when it failed. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** Starts `vitals simulate` in a process of its own: its bursts do not delay the pipeline's batches. */
export function startSimulator(flags: SimulatorFlags): SimulatorProcess {
  const cli = fileURLToPath(new URL('../index.js', import.meta.url));
  const args = ['simulate', '--sink', `file:${flags.landing}`, '--seed', flags.seed];
  args.push('--patients', String(flags.patients), '--interval', String(flags.interval), '--dialect', flags.dialect);
  if (flags.duration !== undefined) args.push('--duration', flags.duration);
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  let stopped = false;
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || stopped) resolve();
      else reject(new Error(`the simulator ended with code ${code}: ${said.trim().split('\n').pop() ?? ''}`));
    });
  });
  return {
    ended,
    stop: () => {
      stopped = true;
      child.kill('SIGTERM');
    },
  };
}
