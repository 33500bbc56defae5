/** A Terraform module, and what it makes. */
export interface Module {
  /** Folder below terraform/modules. */
  readonly name: string;
  /** What it makes, for people. */
  readonly makes: string;
}

/**
 * Every module of terraform/modules but the one that joins them (environment), in the order in which they depend on each
 * other. A test compares the folders.
 */
export const MODULES: readonly Module[] = [
  { name: 'network', makes: 'a network without ways in, a subnetwork and private zones for Google APIs' },
  { name: 'kms', makes: 'a key ring with a key for each service, and the secret of the pseudonym key' },
  { name: 'iam', makes: 'accounts vitals-pipeline, -simulator, -loader and -scheduler; audit logs of who read what' },
  { name: 'pubsub', makes: 'topics vitals and vitals-dead-letter, subscription vitals-pipeline, a schema' },
  { name: 'lake', makes: 'bucket PROJECT-vitals-lake with its lifecycle rules' },
  { name: 'warehouse', makes: 'datasets bronze, silver, gold and reference with tables, views and a policy tag' },
  { name: 'registry', makes: 'repository vitals for the images vitals and vitals-worker' },
  { name: 'dataflow', makes: 'bucket PROJECT-vitals-staging and, with Dataflow, what its workers need' },
  { name: 'streaming', makes: 'worker pool vitals-stream: the one process that writes the lake' },
  { name: 'orchestration', makes: 'workflow, job and schedule vitals-maintenance' },
  { name: 'monitoring', makes: 'a dashboard, alert policies and a budget' },
  { name: 'cicd', makes: 'accounts vitals-deployer and -planner, and the triggers of Cloud Build' },
  { name: 'looker', makes: 'links to the report in Data Studio; nothing in the project' },
];
