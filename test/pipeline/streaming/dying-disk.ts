import { LocalStorage } from '../../../lake/storage/local.js';
import { Crash } from '../../lake/faulty-storage.js';

type Change = 'putIfAbsent' | 'delete';
const CHANGES: readonly Change[] = ['putIfAbsent', 'delete'];

/**
 * Runs work of which every disk dies at the k-th changing operation of this process, before or after it is done, and does
 * nothing any more: what a process that is killed leaves behind.
 *
 * @returns how many changing operations there were, and whether the work died
 */
export async function withDyingDisk(
  crashAt: number,
  when: 'before' | 'after',
  work: () => Promise<unknown>,
): Promise<{ readonly operations: number; readonly died: boolean }> {
  const prototype = LocalStorage.prototype;
  const whole = { putIfAbsent: prototype.putIfAbsent, delete: prototype.delete };
  let operations = 0;
  let dead = false;
  for (const change of CHANGES) {
    const original = whole[change] as (...args: unknown[]) => Promise<unknown>;
    prototype[change] = async function dying(this: LocalStorage, ...args: unknown[]) {
      operations += 1;
      const strikes = operations === crashAt;
      if (dead || (strikes && when === 'before')) {
        dead = true;
        throw new Crash('crashed');
      }
      const result = await original.apply(this, args);
      if (strikes) dead = true;
      if (dead) throw new Crash('crashed');
      return result;
    } as never;
  }
  try {
    await work();
    return { operations, died: false };
  } catch (error) {
    if (!dead) throw error;
    return { operations, died: true };
  } finally {
    Object.assign(prototype, whole);
  }
}
