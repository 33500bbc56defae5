import { parseExpression, type Expression } from './expression.js';
import { expressionOf, type Value } from './workflow.js';

/** Variables that can be seen from one place: those of a loop's body hide none outside, and are gone after it. */
export class Scope {
  readonly #own = new Map<string, Value>();

  constructor(private readonly outer: Scope | null = null) {}

  get(name: string): Value {
    if (this.#own.has(name)) return this.#own.get(name)!;
    if (this.outer) return this.outer.get(name);
    throw new Error(`there is no variable ${name}`);
  }

  /** Assigns where the variable is, or makes it here. */
  set(name: string, value: Value): void {
    const holder = this.#holderOf(name) ?? this;
    holder.#own.set(name, value);
  }

  #holderOf(name: string): Scope | null {
    if (this.#own.has(name)) return this;
    return this.outer === null ? null : this.outer.#holderOf(name);
  }
}

/** The functions of the standard library that the workflow uses. @throws like the service, for values of another type */
export const FUNCTIONS: Readonly<Record<string, (...values: Value[]) => Value>> = {
  default: (value, otherwise) => value ?? otherwise ?? null,
  len: (value) => (value as readonly Value[]).length,
  string: (value) => String(value),
  'list.concat': (list, value) => [...(list as readonly Value[]), value ?? null],
  'map.get': (map, key) => {
    if (typeof map !== 'object' || map === null || Array.isArray(map)) throw new Error('map.get needs a map');
    return (map as Record<string, Value>)[key as string] ?? null;
  },
  'sys.get_env': (name) => {
    const value = { GOOGLE_CLOUD_PROJECT_ID: 'own-project', GOOGLE_CLOUD_LOCATION: 'own-region' }[name as string];
    if (value === undefined) throw new Error(`there is no environment variable ${String(name)}`);
    return value;
  },
  'text.match_regex': (text, pattern) => {
    if (typeof text !== 'string') throw new Error('text.match_regex needs a text');
    return new RegExp(pattern as string).test(text);
  },
};

const OPERATORS: Readonly<Record<string, (left: Value, right: Value) => Value>> = {
  '+': (left, right) => {
    if (typeof left === 'string' && typeof right === 'string') return left + right;
    return numbers(left, right, (a, b) => a + b);
  },
  '*': (left, right) => numbers(left, right, (a, b) => a * b),
  '==': (left, right) => left === right,
  '>': (left, right) => numbers(left, right, (a, b) => a > b),
  '>=': (left, right) => numbers(left, right, (a, b) => a >= b),
  in: (left, right) => (Array.isArray(right) ? right.includes(left) : Object.hasOwn(right as object, left as string)),
};

/** A value with every expression in it replaced by what it comes to. */
export function evaluate(value: Value, scope: Scope): Value {
  if (Array.isArray(value)) return value.map((item: Value) => evaluate(item, scope));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item as Value, scope)]));
  }
  const text = expressionOf(value);
  return text === null ? value : compute(parseExpression(text), scope);
}

function compute(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'list':
      return expression.items.map((item) => compute(item, scope));
    case 'name':
      return scope.get(expression.name);
    case 'member':
      return memberOf(compute(expression.of, scope), expression.name);
    case 'not':
      return !condition(compute(expression.of, scope));
    case 'call':
      return known(FUNCTIONS, expression.name)(...expression.args.map((item) => compute(item, scope)));
    case 'binary':
      return binary(expression.operator, compute(expression.left, scope), () => compute(expression.right, scope));
  }
}

function binary(operator: string, left: Value, right: () => Value): Value {
  if (operator === 'and') return condition(left) && condition(right());
  if (operator === 'or') return condition(left) || condition(right());
  return known(OPERATORS, operator)(left, right());
}

function memberOf(value: Value, name: string): Value {
  if (typeof value === 'object' && value !== null && name in value) return (value as Record<string, Value>)[name]!;
  throw new Error(`there is no ${name} in ${JSON.stringify(value)}`);
}

function condition(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new Error(`${JSON.stringify(value)} is not true or false`);
}

function numbers<T>(left: Value, right: Value, work: (left: number, right: number) => T): T {
  if (typeof left === 'number' && typeof right === 'number') return work(left, right);
  throw new Error(`${JSON.stringify(left)} and ${JSON.stringify(right)} are not two numbers`);
}

function known<T>(table: Readonly<Record<string, T>>, name: string): T {
  const entry = table[name];
  if (entry === undefined) throw new Error(`${name} is not known here`);
  return entry;
}
