import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** A value of a workflow: JSON, in which texts of the form `${...}` are expressions until they are evaluated. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** What a step does, as far as this project uses it; the fields are those of the service's syntax. */
export interface StepBody {
  readonly assign?: readonly Readonly<Record<string, Value>>[];
  readonly call?: string;
  readonly args?: Readonly<Record<string, Value>>;
  readonly connector_params?: Readonly<Record<string, Value>>;
  readonly for?: { readonly value: string; readonly in: Value; readonly steps: readonly Step[] };
  readonly switch?: readonly Branch[];
  readonly try?: StepBody;
  readonly retry?: Retry;
  readonly except?: { readonly as: string; readonly steps: readonly Step[] };
  readonly raise?: Value;
  readonly return?: Value;
  readonly next?: string;
}

export interface Branch {
  readonly condition: Value;
  readonly next?: string;
  readonly raise?: Value;
  readonly return?: Value;
}

export interface Retry {
  readonly predicate: string;
  readonly max_retries: number;
  readonly backoff: { readonly initial_delay: number; readonly max_delay: number; readonly multiplier: number };
}

/** A name with what it does. */
export type Step = Readonly<Record<string, StepBody>>;

export interface Routine {
  readonly params?: readonly string[];
  readonly steps: readonly Step[];
}

/** `main` and its subworkflows. */
export type Workflow = Readonly<Record<string, Routine>>;

const MAINTENANCE = fileURLToPath(
  new URL('../../terraform/modules/orchestration/maintenance.workflow.yaml', import.meta.url),
);

/** The workflow that Terraform deploys. */
export function readMaintenance(): Workflow {
  return parse(readFileSync(MAINTENANCE, 'utf8')) as Workflow;
}

/** A step of the maintenance list: what the workflow runs through, and the Airflow DAG too. */
export interface MaintenanceStep {
  readonly name: string;
  readonly minutes: number;
  readonly args: readonly string[];
}

/** The list itself, not evaluated. @throws when the workflow has none where the DAG looks for it */
export function maintenanceSteps(workflow: Workflow): readonly MaintenanceStep[] {
  const assigned = workflow['main']?.steps.flatMap((step) => step['list_steps']?.assign ?? []) ?? [];
  const list = assigned.find((entry) => 'steps' in entry)?.['steps'];
  if (!list) throw new Error('the workflow has no list of steps');
  return list as unknown as readonly MaintenanceStep[];
}

/** The expression inside `${...}`; null for any other value. @throws for a text that only contains one */
export function expressionOf(value: Value): string | null {
  if (typeof value !== 'string' || !value.includes('${')) return null;
  if (value.startsWith('${') && value.endsWith('}')) return value.slice(2, -1);
  throw new Error(`an expression must be the whole text: ${value}`);
}
