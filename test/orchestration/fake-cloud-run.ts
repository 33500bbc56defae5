import { Raised, type Services } from './run-workflow.js';
import type { Value } from './workflow.js';

/** An execution of the job: what it was told to run. */
export interface Execution {
  readonly args: readonly string[];
  readonly timeout: string;
}

/** How a call ends; `lost` runs the execution, and the answer does not come back. */
export type Fate = 'done' | 'failed' | 'lost' | number;

/**
 * The calls of the maintenance workflow: the connector for jobs of Cloud Run, which waits for the execution, and the log. As strict as
 * their references: a field that is not known, a value of another type, or a job that is not there is refused.
 */
export class FakeCloudRun implements Services {
  readonly executions: Execution[] = [];
  readonly logged: Record<string, Value>[] = [];
  readonly pauses: number[] = [];

  /** @param fates of the calls, in turn; those after the last are done */
  constructor(
    private readonly job: string,
    private readonly fates: Fate[] = [],
  ) {}

  readonly calls = {
    'googleapis.run.v2.projects.locations.jobs.run': async (args: Value, connector: Value) =>
      this.#run(args, connector),
    'sys.log': async (args: Value) => this.#log(args),
  };

  sleep(seconds: number): void {
    this.pauses.push(seconds);
  }

  #run(args: Value, connector: Value): Value {
    const { name, body } = only<{ name: string; body: Value }>(args, ['name', 'body']);
    const { overrides } = only<{ overrides: Value }>(body, ['overrides']);
    const fields = ['taskCount', 'timeout', 'containerOverrides'];
    const { taskCount, timeout, containerOverrides } = only<Overrides>(overrides, fields);
    const { timeout: patience } = only<{ timeout: number }>(connector, ['timeout']);
    const [container, ...more] = containerOverrides.map((entry) => only<{ args: string[] }>(entry, ['args']));
    const texts = container?.args.every((text) => typeof text === 'string' && text !== '' && !text.includes('${'));
    if (taskCount !== 1 || !/^\d+s$/.test(timeout) || !texts || more.length > 0) throw http(400, 'Bad overrides');
    if (!Number.isInteger(patience) || patience > 31_536_000)
      throw new Raised({ tags: ['ValueError'], message: 'timeout' });
    const fate = this.fates.shift() ?? 'done';
    if (typeof fate === 'number') throw http(fate, 'the service says no');
    if (name !== this.job) throw http(404, `${name} is not there`);
    this.executions.push({ args: container!.args, timeout });
    if (fate === 'lost') throw new Raised({ tags: ['ConnectionError'], message: 'connection reset' });
    if (fate === 'failed') throw new Raised({ tags: ['OperationError'], message: 'the execution has failed' });
    return { name: `${name}/executions/${this.executions.length}` };
  }

  #log(args: Value): Value {
    this.logged.push(only(args, ['severity', 'json']));
    return null;
  }
}

interface Overrides {
  readonly taskCount: number;
  readonly timeout: string;
  readonly containerOverrides: readonly Value[];
}

/** The value as a map with exactly these fields. */
function only<T>(value: Value, fields: readonly string[]): T {
  const found = Object.keys(value as object).sort();
  if (found.join() !== [...fields].sort().join()) throw http(400, `${found.join()} in place of ${fields.join()}`);
  return value as T;
}

function http(code: number, message: string): Raised {
  return new Raised({ tags: ['HttpError'], code, message });
}
