import type { DeployedNames } from './outputs.js';
import { DATAFLOW_MACHINE, sizingOf } from './sizing.js';
import type { Workload } from './workload.js';

/** Where a deployment goes. */
export interface Target {
  readonly project: string;
  readonly region: string;
}

/** One step of a deployment: why, and what is typed. */
export interface Step {
  readonly title: string;
  readonly commands: readonly string[];
}

/** The commands of a first deployment, in order. Nothing here is run. */
export function stepsOf(target: Target, load: Workload, names: DeployedNames): readonly Step[] {
  const { project, region } = target;
  const terraform = `terraform -chdir=terraform/envs/${load.environment}`;
  const variables = `-var project=${project} -var region=${region} -var engine=${load.engine}`;
  const images = `${variables} -var image=DIGEST_OF_VITALS`;
  const all = load.engine === 'dataflow' ? `${images} -var worker_image=DIGEST_OF_VITALS_WORKER` : images;
  return [
    { title: 'Sign in', commands: signIn(project) },
    {
      title: 'Check project, permissions and quotas',
      commands: [`vitals doctor --cloud --project ${project} --region ${region} --engine ${load.engine}`],
    },
    { title: "Make a place for Terraform's state", commands: stateBucket(target) },
    {
      title: 'Make what needs no image: keys, topics, buckets, datasets, the registry',
      commands: [
        `${terraform} init -backend-config=bucket=${project}-vitals-terraform`,
        `${terraform} plan ${variables} -out plan.tfplan`,
        `${terraform} apply plan.tfplan`,
      ],
    },
    {
      title: 'Put the pseudonym key in, once and for all (docs/operations.md, "Rotate keys")',
      commands: [
        `openssl rand -hex 32 | tr -d '\\n' | gcloud secrets versions add vitals-pseudonym-key --project ${project} --data-file=-`,
      ],
    },
    { title: 'Build and push the images; each push prints a digest', commands: buildImages(target, load) },
    {
      title: 'Make what runs them',
      commands: [
        `${terraform} plan ${all} -out plan.tfplan`,
        `${terraform} apply plan.tfplan`,
        `${terraform} output -json > vitals.outputs.json`,
        'vitals doctor --cloud --outputs vitals.outputs.json',
      ],
    },
    ...pipelineSteps(target, load, names),
    {
      title: 'Bring gold into BigQuery; the workflow vitals-maintenance does it from then on',
      commands: [`vitals load --lake ${lakeOf(project, names)} --warehouse bigquery:${project} --location ${region}`],
    },
  ];
}

function pipelineSteps(target: Target, load: Workload, names: DeployedNames): readonly Step[] {
  const { project, region } = target;
  const topic = names.topic ?? `pubsub:projects/${project}/topics/vitals`;
  const trial: Step = {
    title: 'Try it with ten simulated patients, and see what the process says',
    commands: [
      `vitals simulate --patients 10 --duration 1m --sink ${topic}`,
      `gcloud beta run worker-pools logs read vitals-stream --project ${project} --region ${region} --limit 20`,
    ],
  };
  if (load.engine === 'direct') return [trial];
  const run = dataflowCommand(target, load, names);
  return [
    {
      title: 'Look at the job that the worker pool submits; it does so by itself, and commits what the job lands',
      commands: [`${run} --dry-run`],
    },
    trial,
  ];
}

function dataflowCommand({ project, region }: Target, load: Workload, names: DeployedNames): string {
  const { dataflowWorkers } = sizingOf(load);
  return [
    'vitals run --engine dataflow',
    `--project ${project} --region ${region}`,
    `--source ${names.subscription ?? `pubsub:projects/${project}/subscriptions/vitals-pipeline`}`,
    `--lake ${lakeOf(project, names)}`,
    `--temp-location ${names.tempLocation ?? `gs://${project}-vitals-staging/dataflow`}`,
    `--worker-image ${registryOf({ project, region })}/vitals-worker@sha256:DIGEST`,
    `--machine-type ${DATAFLOW_MACHINE.name} --max-workers ${2 * dataflowWorkers}`,
    `--service-account ${names.serviceAccounts?.['pipeline'] ?? `vitals-pipeline@${project}.iam.gserviceaccount.com`}`,
    `--subnetwork ${names.subnetwork ?? `regions/${region}/subnetworks/vitals`}`,
    '--pseudonym-key-file key',
    `--pseudonym-key-secret ${names.pseudonymKeySecret ?? `projects/${project}/secrets/vitals-pseudonym-key/versions/1`}`,
  ].join(' ');
}

function signIn(project: string): readonly string[] {
  return [
    'gcloud auth login',
    'gcloud auth application-default login',
    `gcloud auth application-default set-quota-project ${project}`,
  ];
}

function stateBucket({ project, region }: Target): readonly string[] {
  const bucket = `gs://${project}-vitals-terraform --project ${project}`;
  return [
    `gcloud storage buckets create ${bucket} --location ${region} --uniform-bucket-level-access --public-access-prevention`,
    `gcloud storage buckets update ${bucket} --versioning`,
  ];
}

function buildImages(target: Target, { engine }: Workload): readonly string[] {
  const images = engine === 'dataflow' ? ['vitals', 'vitals-worker'] : ['vitals'];
  const build = `REGISTRY=${registryOf(target)} COMMIT=$(git rev-parse HEAD) bash scripts/ci/build-image.sh`;
  return [
    `gcloud auth configure-docker ${target.region}-docker.pkg.dev`,
    'bash scripts/ci/install.sh',
    ...images.map((image) => `${build} ${image}`),
  ];
}

function registryOf({ project, region }: Target): string {
  return `${region}-docker.pkg.dev/${project}/vitals`;
}

function lakeOf(project: string, names: DeployedNames): string {
  return names.lake ?? `gs://${project}-vitals-lake/lake`;
}
