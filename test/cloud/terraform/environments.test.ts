import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTools, installTool } from './tools.js';
import { openWorkspace, type Workspace } from './workspace.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const CASES = [
  { name: 'dev', engine: 'direct' },
  { name: 'prod', engine: 'dataflow' },
];
/** `terraform plan -detailed-exitcode`: nothing to do, and something to do. */
const EMPTY = 0;
const CHANGES = 2;

function settings(name: string, engine: string): string[] {
  const project = `hospital-vitals-${name}`;
  const image = (which: string) => `europe-west4-docker.pkg.dev/${project}/vitals/${which}@${DIGEST}`;
  return [
    `-var=project=${project}`,
    `-var=engine=${engine}`,
    `-var=image=${image('vitals')}`,
    `-var=worker_image=${image('vitals-worker')}`,
    '-var=alert_emails=["oncall@example.org"]',
    '-var=billing_account=ABCDEF-012345-6789AB',
    '-var=repository=projects/p/locations/europe-west4/connections/github/repositories/vitals',
    '-var=analysts={ward="group:ward@example.org"}',
  ];
}

describeWithTools(
  [installTool('terraform'), installTool('provider')],
  'environments',
  ([terraform = '', provider = '']) => {
    describe.each(CASES)('$name with the engine $engine', ({ name, engine }) => {
      const folder = `terraform/envs/${name}`;
      const variables = settings(name, engine);
      let workspace: Workspace;
      beforeAll(() => {
        workspace = openWorkspace(terraform, provider);
        workspace.terraform(folder, 'get');
      });
      afterAll(() => workspace?.remove());
      const plan = () =>
        workspace.terraform(folder, 'plan', '-detailed-exitcode', '-input=false', '-no-color', ...variables);

      test('it is applied in one go, and a second plan is empty', () => {
        const applied = workspace.terraform(
          folder,
          'apply',
          '-auto-approve',
          '-input=false',
          '-no-color',
          ...variables,
        );
        expect(applied.text).toMatch(/Apply complete! Resources: [12]\d\d added, 0 changed, 0 destroyed/);
        const second = plan();
        expect(second.text).toContain('No changes. Your infrastructure matches the configuration.');
        expect(second.status).toBe(EMPTY);
      });

      test('its outputs are what the flags of vitals take', () => {
        const outputs = JSON.parse(workspace.terraform(folder, 'output', '-json').stdout) as Record<
          string,
          { value: unknown }
        >;
        const project = `hospital-vitals-${name}`;
        expect(Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, value]))).toMatchObject({
          project,
          region: 'europe-west4',
          environment: name,
          engine,
          lake: `gs://${project}-vitals-lake/lake`,
          topic: `pubsub:projects/${project}/topics/vitals`,
          subscription: `pubsub:projects/${project}/subscriptions/vitals-pipeline`,
          dead_letter_topic: `pubsub:projects/${project}/topics/vitals-dead-letter`,
          warehouse: `bigquery:${project}`,
          temp_location: `gs://${project}-vitals-staging/dataflow`,
          worker_service_account: `vitals-pipeline@${project}.iam.gserviceaccount.com`,
          subnetwork: 'regions/europe-west4/subnetworks/vitals-workers',
          pseudonym_key_secret: `projects/${project}/secrets/vitals-pseudonym-key/versions/1`,
          image_repository: `europe-west4-docker.pkg.dev/${project}/vitals`,
          stream: 'vitals-stream',
          maintenance_job: 'vitals-maintenance',
        });
      });

      test('what somebody deletes by hand is planned again', () => {
        const path = join(workspace.cloud, 'google.json');
        const resources = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
        const key = `google_pubsub_subscription projects/hospital-vitals-${name}/subscriptions/vitals-pipeline`;
        const before = JSON.stringify(resources);
        expect(resources).toHaveProperty([key]);
        delete resources[key];
        writeFileSync(path, JSON.stringify(resources));
        const { status, text } = plan();
        expect(text).toMatch(/google_pubsub_subscription\.pipeline will be created/);
        expect(status).toBe(CHANGES);
        writeFileSync(path, before);
      });

      test('a new image does not touch what runs: the deploy pipeline puts it in', () => {
        const other = `-var=image=europe-west4-docker.pkg.dev/p/vitals/vitals@sha256:${'b'.repeat(64)}`;
        const { status } = workspace.terraform(
          folder,
          'plan',
          '-detailed-exitcode',
          '-input=false',
          ...variables,
          other,
        );
        expect(status).toBe(EMPTY);
      });

      test('tables are deleted with it only where nothing is protected', () => {
        const target = '-target=module.environment.module.warehouse.google_bigquery_table.table';
        const destroyed = workspace.terraform(
          folder,
          'destroy',
          '-auto-approve',
          '-refresh=false',
          '-no-color',
          target,
          ...variables,
        );
        if (name === 'prod') {
          expect(destroyed.text).toContain('cannot destroy google_bigquery_table');
          expect(destroyed.status).toBe(1);
        } else {
          expect(destroyed.text).toMatch(/Destroy complete! Resources: \d+ destroyed/);
          expect(destroyed.status).toBe(0);
        }
      });

      test('bad settings are refused, each in a sentence that says what would be right', () => {
        const bad = ['-var=project=Hospital', '-var=region=EU', '-var=image=vitals:latest', '-refresh=false'];
        const { status, text } = workspace.terraform(folder, 'plan', '-no-color', ...variables, ...bad);
        expect(status).toBe(1);
        const sentences = text.replaceAll(/[\s│]+/g, ' ');
        expect(sentences).toContain('project must be the id of a project');
        expect(sentences).toContain('region must be one region');
        expect(sentences).toContain('image must name an image by its digest');
      });
    });
  },
);
