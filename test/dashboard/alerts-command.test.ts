import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openLakeWriter } from '../../lake/lake.js';
import type { AlertItem } from '../../dashboard/api.js';
import { scratchFolder, storyRows, writeBatches } from './written-lake.js';

const CLI = fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));
const run = promisify(execFile);

/** One command line of `vitals`, as a shell sees it. */
async function vitals(...args: string[]): Promise<{ code: number; out: string; notes: string }> {
  return run(process.execPath, [CLI, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, notes: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout,
      notes: error.stderr,
    }),
  );
}

describe('vitals alerts', () => {
  const lake = scratchFolder();
  const list = async (...more: string[]) => {
    const { out } = await vitals('alerts', 'list', '--lake', lake, '--from', '2026-11-21T00:00:00Z', '--json', ...more);
    return out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as AlertItem);
  };

  beforeAll(async () => {
    const rows = storyRows();
    // An id is base64url, so it may begin with a dash.
    await writeBatches(lake, { ...rows, alerts: rows.alerts.map((row) => ({ ...row, alert_id: `-${row.alert_id}` })) });
  });

  test("acknowledges and resolves while another process is the lake's writer", async () => {
    const writer = await openLakeWriter(lake, { clock: Date.now });
    try {
      expect((await list('--status', 'open')).map((alert) => alert.alert_id)).toEqual(['-a1']);
      const acknowledged = await vitals(
        'alerts',
        'ack',
        '--id=-a1',
        '--who',
        'N. Okafor',
        '--note',
        'seen',
        '--lake',
        lake,
      );
      expect([acknowledged.code, acknowledged.notes]).toEqual([
        0,
        expect.stringContaining('-a1 is acknowledged, by N. Okafor'),
      ]);
      const repeated = await vitals('alerts', 'ack', '--id=-a1', '--who', 'N. Okafor', '--lake', lake, '--json');
      expect((JSON.parse(repeated.out) as AlertItem).history).toHaveLength(1);
      expect((await vitals('alerts', 'resolve', '--id=-a1', '--who', 'B', '--lake', lake)).code).toBe(0);
    } finally {
      await writer.close();
    }
    expect(await list('--status', 'open')).toEqual([]);
    expect((await list('--status', 'resolved'))[0]?.history.map((event) => event.who)).toEqual(['N. Okafor', 'B']);
  });

  test('refuses what cannot be done with one line, and exits with 1', async () => {
    const refused = await vitals('alerts', 'ack', '--id=-a1', '--who', 'C', '--lake', lake);
    expect([refused.code, refused.notes]).toEqual([
      1,
      'vitals: This alert was resolved by B. Reload to see its history\n',
    ]);
    const unknown = await vitals('alerts', 'resolve', 'a9', '--who', 'C', '--lake', lake);
    expect([unknown.code, unknown.notes]).toEqual([1, expect.stringMatching(/^vitals: There is no such alert/)]);
  });

  test('exits with 2 when the line itself is wrong', async () => {
    expect((await vitals('alerts', 'ack', '--lake', lake)).code).toBe(2);
    expect((await vitals('alerts', 'list', '--status', 'closed', '--lake', lake)).code).toBe(2);
    expect((await vitals('dashboard', '--as-of', '2026-11-21T00:00:00Z', '--lake', lake)).code).toBe(2);
  });

  test('shows what people did to any query', async () => {
    const { out } = await vitals(
      'query',
      '--lake',
      lake,
      '--json',
      'SELECT alert_id, event_number, status FROM gold.alert_events ORDER BY 2',
    );
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { alert_id: '-a1', event_number: 1, status: 'acknowledged' },
      { alert_id: '-a1', event_number: 2, status: 'resolved' },
    ]);
  });
});

describe('vitals dashboard', () => {
  test('does not listen for others without a token, and says what to do', async () => {
    const refused = await vitals('dashboard', '--host', '0.0.0.0', '--port', '0');
    expect([refused.code, refused.notes]).toEqual([1, expect.stringMatching(/--host: 0.0.0.0 .*--token-file/)]);
  });

  test('takes no token on the command line', async () => {
    expect((await vitals('dashboard', '--token', 'x')).code).toBe(2);
  });
});
