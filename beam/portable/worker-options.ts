/** Pipeline options as a runner hands them to a worker. */
export type WorkerPipelineOptions = Readonly<Record<string, unknown>>;

/**
 * Reads the pipeline options of a worker in either form: flat, as runners of the portable API send them, or nested under
 * `options` beside `display_data`, as Dataflow does.
 *
 * @throws Error when the text is not an object of JSON
 */
export function parseWorkerOptions(text: string): WorkerPipelineOptions {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`beam: the pipeline options of this worker are not JSON: ${String(error)}`, { cause: error });
  }
  if (!isObject(parsed)) throw new Error('beam: the pipeline options of this worker are not an object');
  const { options } = parsed;
  return isObject(options) ? options : parsed;
}

/** One option, whichever way the runner spells its name: `beam:option:NAME:v1`, or NAME alone. */
export function workerOption(options: WorkerPipelineOptions, name: string): unknown {
  return options[`beam:option:${name}:v1`] ?? options[name];
}

/** The modules that the submitting process had registered (beam/register.ts). Empty when the option is absent. */
export function registeredModules(options: WorkerPipelineOptions): readonly string[] {
  const modules = workerOption(options, 'registered_node_modules');
  return Array.isArray(modules) ? modules.filter((name) => typeof name === 'string') : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
