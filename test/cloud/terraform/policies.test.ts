import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describeWithTools, installTool } from './tools.js';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

/** Every skip in terraform/, by check and resource; its reason stands beside it in the code. */
const SKIPPED = [
  'CKV_GCP_121 modules/warehouse google_bigquery_table.materialized_view',
  'CKV_GCP_121 modules/warehouse google_bigquery_table.table',
  'CKV_GCP_121 modules/warehouse google_bigquery_table.view',
  'CKV_GCP_121 modules/warehouse google_bigquery_table.view_of_views',
  'CKV_GCP_49 modules/cicd google_project_iam_member.deployer',
  'CKV_GCP_62 modules/dataflow google_storage_bucket.staging',
  'CKV_GCP_62 modules/lake google_storage_bucket.lake',
  'CKV_GCP_80 modules/warehouse google_bigquery_table.view',
  'CKV_GCP_80 modules/warehouse google_bigquery_table.view_of_views',
];

describeWithTools([installTool('checkov')], 'policies', ([python = '']) => {
  test('checkov finds nothing, and what is skipped is listed here with a reason in the code', () => {
    const { summary, results } = runCheckov(python);
    expect(results.failed_checks.map(({ check_id, resource }) => `${check_id} ${resource}`)).toEqual([]);
    expect(summary.parsing_errors).toBe(0);
    expect(summary.passed).toBeGreaterThan(150);
    expect([...new Set(results.skipped_checks.map(nameOf))].sort()).toEqual(SKIPPED);
    for (const skip of results.skipped_checks) expect(skip.check_result.suppress_comment.length).toBeGreaterThan(30);
  });
});

/** Without the environment and the path through modules by which checkov reached it. */
function nameOf({ check_id, file_path, resource }: Check): string {
  const module = /modules\/[a-z]+/.exec(file_path)?.[0];
  const name = /google_\w+\.\w+/.exec(resource)?.[0];
  return `${check_id} ${module} ${name}`;
}

function runCheckov(python: string): Report {
  const args = [
    '-m',
    'checkov.main',
    '-d',
    'terraform',
    '--framework',
    'terraform',
    '--skip-download',
    '--compact',
    '-o',
    'json',
  ];
  const options = { cwd: PROJECT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const { stdout, stderr } = spawnSync(python, args, options);
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    throw new Error(`checkov printed no report: ${stdout.slice(0, 500)} ${stderr.slice(-500)}`);
  }
}

interface Check {
  readonly check_id: string;
  readonly file_path: string;
  readonly resource: string;
  readonly check_result: { readonly suppress_comment: string };
}

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly Check[]; readonly skipped_checks: readonly Check[] };
}
