import { runnerApi, type RunnerApi } from '../../../beam/portable/internals.js';
import { ConfigurationError } from '../../../schema/errors.js';

/**
 * A name that somebody gave: letters, digits, spaces, dots, dashes, underscores. What the SDK makes up for an unnamed step
 * is source text, a stringified object or a compiler's temporary, and has brackets or begins with an underscore.
 */
const EXPLICIT_NAME = /^[A-Za-z][A-Za-z0-9 ._-]*$/;

/**
 * Checks a pipeline before it is sent, as the Java and Python SDKs check theirs: every step has a name that was given and
 * that no other step has, every reference has its target, and every environment is a container image that needs nothing
 * staged beside it.
 *
 * @throws ConfigurationError naming the step or environment
 */
export function checkGraph(pipeline: RunnerApi.Pipeline): void {
  const components = componentsOf(pipeline);
  const seen = new Set<string>();
  for (const transform of Object.values(components.transforms)) {
    checkName(transform.uniqueName, seen);
    checkReferences(transform, components);
  }
  for (const [id, environment] of Object.entries(components.environments)) checkEnvironment(id, environment);
}

/** The names of a pipeline's steps as `--transform-name-mapping` knows them, in the order of the graph. */
export function stepNames(pipeline: RunnerApi.Pipeline): string[] {
  return Object.values(componentsOf(pipeline).transforms).map((transform) => transform.uniqueName);
}

/** @throws ConfigurationError for a pipeline without components, which no graph makes */
export function componentsOf(pipeline: RunnerApi.Pipeline): RunnerApi.Components {
  if (!pipeline.components) throw fault('it has no steps', FAULT);
  return pipeline.components;
}

const FAULT = 'This is a fault of the graph, not of the flags.';

function checkName(name: string, seen: Set<string>): void {
  const remedy = 'Give the step a name of its own with step(name, ...).';
  for (const part of name.split('/')) {
    if (!EXPLICIT_NAME.test(part)) throw fault(`the step ${JSON.stringify(name)} has no explicit name`, remedy);
  }
  if (seen.has(name)) throw fault(`two steps are called ${JSON.stringify(name)}`, remedy);
  seen.add(name);
}

function checkReferences(transform: RunnerApi.PTransform, components: RunnerApi.Components): void {
  const need = (kind: string, id: string, known: Readonly<Record<string, unknown>>) => {
    if (known[id] === undefined) {
      throw fault(`the step ${JSON.stringify(transform.uniqueName)} names an unknown ${kind}, ${id}`, FAULT);
    }
  };
  for (const id of [...Object.values(transform.inputs), ...Object.values(transform.outputs)]) {
    need('collection', id, components.pcollections);
    const collection = components.pcollections[id];
    need('coder', collection?.coderId ?? '', components.coders);
    need('windowing strategy', collection?.windowingStrategyId ?? '', components.windowingStrategies);
  }
  for (const id of transform.subtransforms) need('step', id, components.transforms);
  if (transform.environmentId !== '') need('environment', transform.environmentId, components.environments);
}

function checkEnvironment(id: string, environment: RunnerApi.Environment): void {
  if (environment.urn !== 'beam:env:docker:v1') {
    throw fault(`environment ${id} is ${environment.urn}`, 'Dataflow runs container images only.');
  }
  if (runnerApi.DockerPayload.fromBinary(environment.payload).containerImage === '') {
    throw fault(`environment ${id} has no image`, 'Name one with --worker-image.');
  }
  if (environment.dependencies.length > 0) {
    throw fault(`environment ${id} has files to stage`, 'Put them into the worker image.');
  }
}

function fault(problem: string, remedy: string): ConfigurationError {
  return new ConfigurationError('graph', problem, remedy);
}
