import { evaluate, Scope } from './evaluate.js';
import {
  expressionOf,
  type Retry,
  type Routine,
  type Step,
  type StepBody,
  type Value,
  type Workflow,
} from './workflow.js';

/** What a workflow calls: connectors and library calls by their names, and its clock. */
export interface Services {
  readonly calls: Readonly<Record<string, (args: Value, connector: Value) => Promise<Value>>>;
  sleep(seconds: number): void;
}

/** What was raised, by a step or by a service, and not handled. */
export class Raised extends Error {
  constructor(readonly value: Value) {
    super(typeof value === 'string' ? value : JSON.stringify(value));
  }
}

/** How a step or a list of steps ended, when not by going on. */
type Ended = { readonly returned: Value } | { readonly next: string } | null;

/**
 * Runs a workflow as the service does, for the part of its language that ours uses: assign, call, for, switch, try with retry and
 * except, raise, return, next.
 *
 * @returns what `main` returns. @throws Raised
 */
export function runWorkflow(workflow: Workflow, argument: Value, services: Services): Promise<Value> {
  return new Run(workflow, services).routine(workflow['main']!, [argument]);
}

class Run {
  constructor(
    private readonly workflow: Workflow,
    private readonly services: Services,
  ) {}

  async routine({ params = [], steps }: Routine, values: readonly Value[]): Promise<Value> {
    const scope = new Scope();
    params.forEach((name, at) => scope.set(name, values[at] ?? null));
    const ended = await this.steps(steps, scope);
    return ended && 'returned' in ended ? ended.returned : null;
  }

  private async steps(steps: readonly Step[], scope: Scope): Promise<Ended> {
    for (let at = 0; at < steps.length;) {
      const [body] = Object.values(steps[at]!);
      const ended = await this.step(body!, scope);
      if (ended === null) at += 1;
      else if ('next' in ended && indexOf(steps, ended.next) >= 0) at = indexOf(steps, ended.next);
      else return ended;
    }
    return null;
  }

  private async step(body: StepBody, scope: Scope): Promise<Ended> {
    for (const entry of body.assign ?? []) {
      for (const [name, value] of Object.entries(entry)) scope.set(name, evaluate(value, scope));
    }
    if (body.try) return this.attempt(body, body.try, scope);
    if (body.for) return this.loop(body.for, scope);
    if (body.call) await this.call(body, scope);
    for (const branch of body.switch ?? []) {
      if (evaluate(branch.condition, scope) === true) return end(branch, scope);
    }
    return end(body, scope);
  }

  private async call({ call = '', args = {}, connector_params = {} }: StepBody, scope: Scope): Promise<void> {
    const service = this.services.calls[call];
    if (!service) throw new Error(`nothing here answers ${call}`);
    await service(evaluate(args, scope), evaluate(connector_params, scope));
  }

  private async loop({ value, in: list, steps }: NonNullable<StepBody['for']>, scope: Scope): Promise<Ended> {
    for (const item of evaluate(list, scope) as readonly Value[]) {
      const inner = new Scope(scope);
      inner.set(value, item);
      const ended = await this.steps(steps, inner);
      if (ended && !('next' in ended && ended.next === 'continue')) return ended;
    }
    return null;
  }

  private async attempt({ retry, except }: StepBody, body: StepBody, scope: Scope): Promise<Ended> {
    try {
      return await this.repeat(() => this.step(body, scope), retry);
    } catch (error) {
      if (!except || !(error instanceof Raised)) throw error;
      const inner = new Scope(scope);
      inner.set(except.as, error.value);
      return this.steps(except.steps, inner);
    }
  }

  private async repeat(work: () => Promise<Ended>, retry: Retry | undefined): Promise<Ended> {
    let delay = retry?.backoff.initial_delay ?? 0;
    for (let left = retry?.max_retries ?? 0; ; left -= 1) {
      try {
        return await work();
      } catch (error) {
        if (!retry || left === 0 || !(error instanceof Raised)) throw error;
        const predicate = this.workflow[expressionOf(retry.predicate) ?? ''];
        if ((await this.routine(predicate!, [error.value])) !== true) throw error;
        this.services.sleep(delay);
        delay = Math.min(delay * retry.backoff.multiplier, retry.backoff.max_delay);
      }
    }
  }
}

function end(body: StepBody, scope: Scope): Ended {
  if (body.raise !== undefined) throw new Raised(evaluate(body.raise, scope));
  if (body.return !== undefined) return { returned: evaluate(body.return, scope) };
  return body.next === undefined ? null : { next: body.next };
}

function indexOf(steps: readonly Step[], name: string): number {
  return steps.findIndex((step) => name in step);
}
