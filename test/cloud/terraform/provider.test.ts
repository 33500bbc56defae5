import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { describeWithTools, installTool } from './tools.js';
import { openWorkspace, type Workspace } from './workspace.js';

/** What the service would refuse, and what the stand-in says. Each is the whole of a configuration. */
const FAULTS: readonly (readonly [title: string, body: string, complaint: RegExp])[] = [
  ['an argument that does not exist', topic('retention = "600s"'), /Unsupported argument/],
  ['a required argument that is missing', 'resource "google_pubsub_topic" "t" {}', /argument "name" is required/],
  ['a block that does not exist', topic('schema {}'), /Unsupported block type/],
  [
    'a value that is not documented',
    topic('schema_settings {\n schema = "s"\n encoding = "XML"\n}'),
    /expected .*encoding to be one of/,
  ],
  ['an attribute that the service decides', topic('effective_labels = {}'), /effective_labels/],
  [
    'a topic with a name of Google',
    'resource "google_pubsub_topic" "t" { name = "googvitals" }',
    /which Google keeps for itself/,
  ],
  [
    'a topic that begins with a digit',
    'resource "google_pubsub_topic" "t" { name = "1vitals" }',
    /not a name that the service takes/,
  ],
  ['a topic that keeps messages for 32 days', topic('message_retention_duration = "2764800s"'), /out of range/],
  ['a duration without its unit', topic('message_retention_duration = "600"'), /not a duration such as 600s/],
  ['a label in capitals', topic('labels = { Team = "ICU" }'), /not a label/],
  ['a bucket with an underscore at its end', bucket('bucket_'), /not a name that the service takes/],
  [
    'a bucket with versions and a retention policy',
    bucket('lake', 'versioning {\n enabled = true\n}\nretention_policy {\n retention_period = 60\n}'),
    /exclude each other/,
  ],
  [
    'a bucket with a day of soft delete',
    bucket('lake', 'soft_delete_policy {\n retention_duration_seconds = 86400\n}'),
    /neither 0 nor 7 to 90 days/,
  ],
  [
    'an account with a short name',
    'resource "google_service_account" "a" { account_id = "abc" }',
    /not a name that the service takes/,
  ],
  [
    'a dataset with a dash',
    'resource "google_bigquery_dataset" "d" { dataset_id = "gold-1" }',
    /not a name that the service takes/,
  ],
  ['a table with five columns of clustering', table('clustering = ["a", "b", "c", "d", "e"]'), /BigQuery takes 4/],
  ['a table clustered by a column that it has not', table('clustering = ["b"]'), /"b" is no column/],
  [
    'a table partitioned by a column that it has not',
    table('time_partitioning {\n type = "DAY"\n field = "b"\n}'),
    /"b" is no column/,
  ],
  [
    'a table that is a view too',
    table('view {\n query = "SELECT 1"\n}\nmaterialized_view {\n query = "SELECT 1"\n}'),
    /only one of/,
  ],
  [
    'a subscription that pushes exactly once',
    subscription('enable_exactly_once_delivery = true\npush_config {\n push_endpoint = "https://example.org"\n}'),
    /needs a pull subscription/,
  ],
  ['a subscription that waits for a second', subscription('ack_deadline_seconds = 1'), /out of range: 10 to 600/],
  [
    'a member without its kind',
    'resource "google_project_iam_member" "m" {\n project = "hospital-vitals"\n role = "roles/browser"\n member = "a@example.org"\n}',
    /not a name that the service takes/,
  ],
  [
    'a role without its folder',
    'resource "google_project_iam_member" "m" {\n project = "hospital-vitals"\n role = "owner"\n member = "user:a@example.org"\n}',
    /not a name that the service takes/,
  ],
  [
    'a schedule of four fields',
    'resource "google_cloud_scheduler_job" "j" {\n name = "j"\n schedule = "0 3 * *"\n}',
    /not a name that the service takes/,
  ],
  ['a dashboard that is no JSON', 'resource "google_monitoring_dashboard" "d" { dashboard_json = "{" }', /is not JSON/],
];

function topic(more: string): string {
  return `resource "google_pubsub_topic" "t" {\n name = "vitals"\n ${more}\n}`;
}
function bucket(name: string, more = ''): string {
  return `resource "google_storage_bucket" "b" {\n name = "${name}"\n location = "EU"\n ${more}\n}`;
}
function table(more: string): string {
  const schema = '[{ name = "a", type = "DATE" }]';
  return `resource "google_bigquery_table" "t" {\n dataset_id = "gold"\n table_id = "t"\n schema = jsonencode(${schema})\n ${more}\n}`;
}
function subscription(more: string): string {
  return `resource "google_pubsub_subscription" "s" {\n name = "lake"\n topic = "vitals"\n ${more}\n}`;
}

const HEAD =
  'terraform {\n required_providers {\n  google = { source = "hashicorp/google" }\n }\n}\nprovider "google" {\n project = "hospital-vitals"\n}\n';

describeWithTools(
  [installTool('terraform'), installTool('provider')],
  'the stand-in',
  ([terraform = '', provider = '']) => {
    let workspace: Workspace;
    beforeAll(() => {
      workspace = openWorkspace(terraform, provider);
    });
    afterAll(() => workspace?.remove());

    test.each(FAULTS)('refuses %s', (title, body, complaint) => {
      const folder = title.replaceAll(' ', '-');
      mkdirSync(workspace.path(folder));
      writeFileSync(workspace.path(`${folder}/main.tf`), HEAD + body);
      const { status, text } = workspace.terraform(folder, 'validate', '-no-color');
      expect(text.replaceAll(/\s+/g, ' ')).toMatch(complaint);
      expect(status).toBe(1);
    });

    test('does not create what exists already', () => {
      for (const folder of ['first', 'second']) {
        mkdirSync(workspace.path(folder));
        writeFileSync(workspace.path(`${folder}/main.tf`), HEAD + topic(''));
      }
      const apply = (folder: string) => workspace.terraform(folder, 'apply', '-auto-approve', '-no-color');
      expect(apply('first').status).toBe(0);
      const again = apply('second');
      expect(again.text).toContain('already exists');
      expect(again.status).toBe(1);
    });
  },
);
