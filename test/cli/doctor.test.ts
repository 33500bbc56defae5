import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkMemory, checkNode } from '../../cli/doctor/machine.js';
import { checkPages, checkPrograms } from '../../cli/doctor/optional.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a program that is on the path is ok, one that is not is a note with what it is for and how to get it', () => {
  writeFileSync(join(folder, 'java'), '');
  const findings = checkPrograms(`/nowhere:${folder}`);
  expect(findings.find(({ check }) => check === 'Java')).toMatchObject({ level: 'ok', remedy: null });
  for (const { check, level, detail, remedy } of findings.filter((finding) => finding.check !== 'Java')) {
    expect([check, level]).toEqual([check, 'note']);
    expect(detail).toContain('only for');
    expect(remedy).toMatch(/install/i);
  }
});

test('pages that are not built are an error, because the main job shows them', () => {
  expect(checkPages(folder)).toMatchObject({ level: 'error', remedy: 'Run npm run build.' });
  for (const file of ['index.html', 'app.js']) writeFileSync(join(folder, file), '');
  expect(checkPages(folder)).toMatchObject({ level: 'ok' });
});

test.each([
  ['v18.20.0', 'error'],
  ['v20.18.9', 'error'],
  ['v20.19.0', 'ok'],
  ['v24.1.0', 'ok'],
])('Node %s: %s', (version, level) => expect(checkNode(version).level).toBe(level));

test('little free memory is a warning that names a smaller hospital', () => {
  expect(checkMemory(2 ** 30, 2 ** 33)).toMatchObject({ level: 'warning' });
  expect(checkMemory(2 ** 30, 2 ** 33).remedy).toContain('--patients');
});
