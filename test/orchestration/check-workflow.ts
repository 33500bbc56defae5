import { FUNCTIONS } from './evaluate.js';
import { parseExpression, type Expression } from './expression.js';
import { expressionOf, type Routine, type Step, type StepBody, type Value, type Workflow } from './workflow.js';

/** Fields of a step by what it does; `next` may stand with any of them. */
const FORMS: readonly (readonly string[])[] = [
  ['assign'],
  ['call', 'args', 'connector_params'],
  ['for'],
  ['switch'],
  ['try', 'retry', 'except'],
  ['raise'],
  ['return'],
];

/** Calls that the workflow may make: this connector, and the log. */
const CALLS = ['googleapis.run.v2.projects.locations.jobs.run', 'sys.log'];

/** https://cloud.google.com/workflows/quotas: characters of an expression. */
const EXPRESSION_LIMIT = 400;

/** Where a step stands: the routine's names, the steps that `next` may name, and whether a loop is around it. */
interface Place {
  readonly workflow: Workflow;
  readonly siblings: readonly string[];
  readonly looped: boolean;
}

/** What is wrong with a workflow, a line each; the service says so only when it is deployed, or when the step runs. */
export function checkWorkflow(workflow: Workflow): string[] {
  return [
    ...(workflow['main'] ? [] : ['there is no main']),
    ...Object.values(workflow).flatMap((routine) => checkRoutine(workflow, routine)),
  ];
}

function checkRoutine(workflow: Workflow, { params = [], steps }: Routine): string[] {
  const names = namesIn(steps);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  return [
    ...twice.map((name) => `two steps are called ${name}`),
    ...checkSteps(steps, new Set(params), { workflow, siblings: [], looped: false }),
  ];
}

/** Checks steps in their order; what they assign is added to `known`. */
function checkSteps(steps: readonly Step[], known: Set<string>, place: Place): string[] {
  const siblings = [...place.siblings, ...steps.flatMap((step) => Object.keys(step))];
  return steps.flatMap((step) =>
    Object.entries(step).flatMap(([name, body]) =>
      checkStep(body, known, { ...place, siblings }).map((fault) => `${name}: ${fault}`),
    ),
  );
}

function checkStep(body: StepBody, known: Set<string>, place: Place): string[] {
  const fields = Object.keys(body).filter((field) => field !== 'next');
  const form = FORMS.find(
    (allowed) => fields.includes(allowed[0]!) && fields.every((field) => allowed.includes(field)),
  );
  if (!form && !(fields.length === 0 && body.next)) return [`${fields.join(', ')} make no step`];
  return [
    ...checkAssign(body, known),
    ...checkCall(body, known),
    ...checkLoop(body, known, place),
    ...checkTry(body, known, place),
    ...(body.switch ?? []).flatMap((branch) => [
      ...checkValue(branch.condition, known),
      ...(expressionOf(branch.condition) === null ? ['a condition is no expression'] : []),
      ...checkEnd(branch, known, place),
    ]),
    ...checkEnd(body, known, place),
  ];
}

function checkAssign({ assign = [] }: StepBody, known: Set<string>): string[] {
  return assign.flatMap((entry) =>
    Object.entries(entry).flatMap(([name, value]) => {
      const faults = checkValue(value, known);
      known.add(name);
      return faults;
    }),
  );
}

function checkCall({ call, args = {}, connector_params = {} }: StepBody, known: Set<string>): string[] {
  if (call === undefined) return [];
  const unknown = CALLS.includes(call) ? [] : [`there is no call ${call}`];
  return [...unknown, ...checkValue(args, known), ...checkValue(connector_params, known)];
}

function checkLoop({ for: loop }: StepBody, known: Set<string>, place: Place): string[] {
  if (!loop) return [];
  // What a body assigns for the first time is gone after it.
  const inner = new Set([...known, loop.value]);
  return [...checkValue(loop.in, known), ...checkSteps(loop.steps, inner, { ...place, looped: true })];
}

function checkTry({ try: body, retry, except }: StepBody, known: Set<string>, place: Place): string[] {
  if (!body) return [];
  const predicate = retry && expressionOf(retry.predicate);
  return [
    ...checkStep(body, known, place),
    ...(retry && !(predicate && place.workflow[predicate]) ? [`there is no predicate ${retry.predicate}`] : []),
    ...(retry && !(retry.max_retries > 0 && retry.backoff?.initial_delay > 0)
      ? ['retry has no limit or no delay']
      : []),
    ...(except ? checkSteps(except.steps, new Set([...known, except.as]), place) : []),
  ];
}

function checkEnd({ next, raise, return: value }: StepBody, known: Set<string>, place: Place): string[] {
  const targets = [...place.siblings, 'end', ...(place.looped ? ['continue', 'break'] : [])];
  return [
    ...(next === undefined || targets.includes(next) ? [] : [`there is no step ${next} to go on with`]),
    ...(raise === undefined ? [] : checkValue(raise, known)),
    ...(value === undefined ? [] : checkValue(value, known)),
  ];
}

function checkValue(value: Value, known: ReadonlySet<string>): string[] {
  if (Array.isArray(value)) return value.flatMap((item: Value) => checkValue(item, known));
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).flatMap((item) => checkValue(item as Value, known));
  }
  try {
    const text = expressionOf(value);
    if (text === null) return [];
    const long = text.length > EXPRESSION_LIMIT ? [`an expression has ${text.length} characters`] : [];
    return [...long, ...checkNames(parseExpression(text), known)];
  } catch (error) {
    return [(error as Error).message];
  }
}

function checkNames(expression: Expression, known: ReadonlySet<string>): string[] {
  switch (expression.kind) {
    case 'literal':
      return [];
    case 'name':
      return known.has(expression.name) ? [] : [`${expression.name} has no value yet`];
    case 'member':
    case 'not':
      return checkNames(expression.of, known);
    case 'list':
      return expression.items.flatMap((item) => checkNames(item, known));
    case 'call':
      return [
        ...(Object.hasOwn(FUNCTIONS, expression.name) ? [] : [`there is no function ${expression.name}`]),
        ...expression.args.flatMap((item) => checkNames(item, known)),
      ];
    case 'binary':
      return [...checkNames(expression.left, known), ...checkNames(expression.right, known)];
  }
}

/** Every step's name, those of steps in loops and handlers too: they must differ within a routine. */
function namesIn(steps: readonly Step[]): string[] {
  return steps.flatMap((step) =>
    Object.entries(step).flatMap(([name, body]) => [
      name,
      ...namesIn(body.for?.steps ?? []),
      ...namesIn(body.except?.steps ?? []),
    ]),
  );
}
