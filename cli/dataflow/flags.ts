import type { Argv } from 'yargs';

/** Flags that say which project and region a job is in. */
export interface JobPlaceFlags {
  readonly project: string | undefined;
  readonly region: string | undefined;
  readonly 'dataflow-endpoint': string | undefined;
}

/** Flags of `vitals run --engine dataflow`. */
export interface DataflowFlags extends JobPlaceFlags {
  readonly 'job-name': string;
  readonly 'temp-location': string | undefined;
  readonly 'staging-location': string | undefined;
  readonly 'worker-image': string | undefined;
  readonly 'max-workers': number | undefined;
  readonly 'num-workers': number | undefined;
  readonly 'machine-type': string | undefined;
  readonly 'service-account': string | undefined;
  readonly subnetwork: string | undefined;
  readonly 'public-ips': boolean;
  readonly labels: readonly string[] | undefined;
  readonly 'pseudonym-key-secret': string | undefined;
  readonly 'timestamp-attribute': string | undefined;
  readonly 'id-attribute': string | undefined;
  readonly update: boolean;
  readonly follow: boolean;
  readonly 'transform-name-mapping': string | undefined;
  readonly detach: boolean;
  readonly 'dry-run': boolean;
}

const GROUP = 'Dataflow:';

/** Where a job is: the same for run, drain and cancel. */
export function withJobPlaceFlags<T>(yargs: Argv<T>): Argv<T & JobPlaceFlags> {
  return yargs
    .option('project', { group: GROUP, type: 'string', describe: 'id of the Google Cloud project' })
    .option('region', { group: GROUP, type: 'string', describe: 'region of the job, such as europe-west1' })
    .option('dataflow-endpoint', {
      type: 'string',
      hidden: true,
      describe: 'where the Dataflow API is; a stand-in on this machine gets no credentials',
    }) as unknown as Argv<T & JobPlaceFlags>;
}

/** Every flag of the Dataflow engine. Those that it cannot do without are checked when it runs, not by the parser. */
export function withDataflowFlags<T>(yargs: Argv<T>): Argv<T & DataflowFlags> {
  const text = (describe: string) => ({ group: GROUP, type: 'string', describe }) as const;
  const number = (describe: string) => ({ group: GROUP, type: 'number', describe }) as const;
  const flag = (describe: string) => ({ group: GROUP, type: 'boolean', default: false, describe }) as const;
  return withJobPlaceFlags(yargs)
    .option('job-name', {
      ...text('name of the job; only one of a region may have it at a time'),
      default: 'vitals',
    })
    .option('worker-image', text('image of the workers, by digest: REGISTRY/IMAGE@sha256:...'))
    .option('max-workers', number('most workers at a time: the cap on what the job costs'))
    .option('num-workers', number('workers to start with'))
    .option('machine-type', text('machines of the workers, such as n2-standard-2'))
    .option('temp-location', text('gs:// folder for what the service spills'))
    .option('staging-location', text('gs:// folder for the pipeline file; staging/ below --temp-location without it'))
    .option('service-account', text('account that the workers act as'))
    .option('subnetwork', text('regions/REGION/subnetworks/NAME, or the URL of a shared one'))
    .option('public-ips', flag('give workers public addresses; without them the network needs Private Google Access'))
    .option('labels', {
      ...text('labels of the job: key=value ...'),
      array: true,
    })
    .option(
      'pseudonym-key-secret',
      text('version of the secret with the pseudonym key: projects/P/secrets/S/versions/N'),
    )
    .option('timestamp-attribute', text('message attribute with the event time; the publish time without it'))
    .option('id-attribute', text('message attribute by which the service drops repeats; the message id without it'))
    .option('update', flag('replace the running job of this name, keeping its state'))
    .option(
      'transform-name-mapping',
      text('JSON object (or a file of one) from old step names to new ones, for --update'),
    )
    .option('detach', flag('submit and return; nothing is committed until the same command runs without it'))
    .option(
      'follow',
      flag('commit what the running job of this name lands; submit nothing, and leave the job alone at the end'),
    )
    .option('dry-run', flag('check everything and print the request; no network, no credentials')) as unknown as Argv<
    T & DataflowFlags
  >;
}
