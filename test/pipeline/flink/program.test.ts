import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Program, ProgramError, type ProgramSpec } from '../../../pipeline/engines/flink/cluster/program.js';
import { Supervised } from '../../../pipeline/engines/flink/cluster/supervised.js';
import { withFolder } from '../../support/vitals.js';

/** A server that says its port, and then serves until it is ended. */
const SERVES = 'console.log("warming up"); console.log("serving on port 4711"); setInterval(() => {}, 1000)';

const spec = (folder: string, script: string): ProgramSpec => ({
  name: 'the server',
  command: process.execPath,
  args: ['-e', script],
  log: join(folder, 'server.log'),
  ready: /serving on port (\d+)/,
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a program of a cluster', () => {
  test('is there when it has said so, writes its log, and ends when it is stopped', async () => {
    await withFolder(async (folder) => {
      const program = await Program.start(spec(folder, SERVES));
      expect(program.said[1]).toBe('4711');
      expect(isRunning(program.pid)).toBe(true);
      await program.stop();
      expect(isRunning(program.pid)).toBe(false);
      expect(await readFile(join(folder, 'server.log'), 'utf8')).toContain('warming up');
    });
  });

  test('that ends before it serves is an error that names it, its end and its log', async () => {
    await withFolder(async (folder) => {
      const start = Program.start(spec(folder, 'process.exit(3)'));
      await expect(start).rejects.toThrow(ProgramError);
      await expect(start).rejects.toThrow(/the server ended with code 3 before it served \(its log is .*server\.log\)/);
    });
  });

  test('ends with the process that has started it, even when that is killed', async () => {
    await withFolder(async (folder) => {
      const module = pathToFileURL(join(process.cwd(), 'dist/pipeline/engines/flink/cluster/program.js')).href;
      const options = { ...spec(folder, SERVES), ready: undefined };
      const parent = spawn(process.execPath, [
        '-e',
        `import(${JSON.stringify(module)}).then(async ({ Program }) => {
          const program = await Program.start({ ...${JSON.stringify(options)}, ready: /serving/ });
          console.log(program.pid);
        })`,
      ]);
      const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
      expect(isRunning(pid)).toBe(true);
      parent.kill('SIGKILL');
      await until(() => !isRunning(pid));
    });
  });
});

describe('a supervised program', () => {
  test('is started again when it ends, and says so', async () => {
    await withFolder(async (folder) => {
      const events: string[] = [];
      const supervised = new Supervised(
        () => Program.start(spec(folder, SERVES)),
        (event) => events.push(event),
      );
      const first = await supervised.running();
      process.kill(first.pid, 'SIGKILL');
      await until(() => events.length > 0);
      const second = await supervised.running();
      expect(second.pid).not.toBe(first.pid);
      expect(events).toEqual(['the server has ended and is started again']);
      await supervised.close();
      expect(isRunning(second.pid)).toBe(false);
    });
  });

  test('that cannot come up is an error for whoever asks for it', async () => {
    await withFolder(async (folder) => {
      const supervised = new Supervised(
        () => Program.start(spec(folder, 'process.exit(1)')),
        () => {},
      );
      await expect(supervised.running()).rejects.toThrow('the server ended with code 1');
      await supervised.close();
    });
  });
});
