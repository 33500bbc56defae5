import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compactLake } from '../../../cli/compact/compact-lake.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { auditInProcess } from '../../support/audit.js';
import { runMessages } from '../../support/direct.js';
import { wire } from '../../support/wire-reading.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compact-'));
});
afterAll(() => rm(folder, { recursive: true }));

const MESSAGES = Array.from({ length: 60 }, (_, i) => wire({ patient: `P${i % 5}`, sequence: i, seconds: i }));

async function silverFiles(lake: string): Promise<number> {
  return (await openLakeSnapshot(lake)).tables.get('silver.patient_vitals')?.files.length ?? 0;
}

test('makes one file of many, which hold the same rows, and finds nothing to do the second time', async () => {
  const lake = join(folder, 'lake');
  await runMessages(lake, MESSAGES, 20);
  const before = await auditInProcess(lake);
  const files = await silverFiles(lake);
  expect(files).toBeGreaterThan(1);
  const { tables } = await compactLake(lake, 2, Date.now);
  expect(tables.find(({ table }) => table === 'silver.patient_vitals')).toMatchObject({ files, merged: 1 });
  expect(await silverFiles(lake)).toBe(1);
  const after = await auditInProcess(lake);
  expect([after.silver_hash, after.gold_hash, after.ok]).toEqual([before.silver_hash, before.gold_hash, true]);
  expect((await compactLake(lake, 2, Date.now)).tables).toEqual([]);
});

test('does not make a lake where there is none', async () => {
  await expect(compactLake(join(folder, 'nowhere'), 2, Date.now)).rejects.toThrow('nowhere');
});

test('names the flag when a file alone should be merged', async () => {
  await expect(compactLake(folder, 1, Date.now)).rejects.toThrow('--min-files');
});
