/** An expression of Workflows, as far as the maintenance workflow uses the language. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression };

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(==|!=|<=|>=|[-+*/<>()[\],.]))/y;

/** Weakest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['in', '==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];

/** @throws with what was found where something else was due */
export function parseExpression(text: string): Expression {
  const tokens = tokenise(text);
  const whole = new Parser(tokens, text).binary(0);
  if (tokens.length > 0) throw new Error(`${tokens[0]} is left over in ${text}`);
  return whole;
}

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`${text.slice(at, at + 10)} is no part of an expression: ${text}`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

class Parser {
  constructor(
    private readonly tokens: string[],
    private readonly text: string,
  ) {}

  binary(level: number): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    while (operators.includes(this.tokens[0] ?? '')) {
      const operator = this.tokens.shift()!;
      left = { kind: 'binary', operator, left, right: this.binary(level + 1) };
    }
    return left;
  }

  private unary(): Expression {
    if (this.tokens[0] !== 'not') return this.postfix();
    this.tokens.shift();
    return { kind: 'not', of: this.unary() };
  }

  private postfix(): Expression {
    let value = this.primary();
    for (;;) {
      if (this.take('.')) value = { kind: 'member', of: value, name: this.name() };
      else if (this.take('(')) value = { kind: 'call', name: pathOf(value), args: this.list(')') };
      else return value;
    }
  }

  private primary(): Expression {
    if (this.take('[')) return { kind: 'list', items: this.list(']') };
    if (this.take('(')) {
      const inner = this.binary(0);
      this.due(')');
      return inner;
    }
    const token = this.tokens.shift() ?? '<end>';
    if (/^["\d]/.test(token)) return { kind: 'literal', value: JSON.parse(token) as string | number };
    if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' };
    if (token === 'null') return { kind: 'literal', value: null };
    if (/^[A-Za-z_]/.test(token)) return { kind: 'name', name: token };
    throw new Error(`${token} stands where a value is due in ${this.text}`);
  }

  private list(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.take(end)) {
      if (items.length > 0) this.due(',');
      items.push(this.binary(0));
    }
    return items;
  }

  private name(): string {
    const token = this.tokens.shift() ?? '<end>';
    if (/^[A-Za-z_]\w*$/.test(token)) return token;
    throw new Error(`${token} stands where a name is due in ${this.text}`);
  }

  private take(token: string): boolean {
    if (this.tokens[0] !== token) return false;
    this.tokens.shift();
    return true;
  }

  private due(token: string): void {
    if (!this.take(token)) throw new Error(`${token} is missing in ${this.text}`);
  }
}

/** The dotted name of a function. */
function pathOf(value: Expression): string {
  if (value.kind === 'name') return value.name;
  if (value.kind === 'member') return `${pathOf(value.of)}.${value.name}`;
  throw new Error('only a function can be called');
}
