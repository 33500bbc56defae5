import { ConfigurationError } from '../../schema/errors.js';
import { ALARM_FIELDS, type AlarmField, type AlarmRule, type AlarmRuleSet } from './alarm-rule.js';

const FLAG = '--rules';
const NAME = /^[a-z][a-z0-9_-]{0,63}$/;
const NAME_REMEDY = 'Use small letters, digits, - and _, a letter first.';
const SEVERITIES = ['warning', 'urgent', 'critical'] as const;
/** A week: nothing is delayed or re-armed for longer. */
const LONGEST_SECONDS = 7 * 24 * 3600;
const DEFAULT_GAP_SECONDS = 300;

const SET_KEYS = ['name', 'version', 'rules'];
const RULE_KEYS = [
  'name',
  'severity',
  'field',
  'side',
  'raise_at',
  'clear_at',
  'delay_seconds',
  'clear_seconds',
  'rearm_seconds',
  'gap_seconds',
  'applies_to',
];

type Fields = Readonly<Record<string, unknown>>;

/**
 * A set of alarm rules of one's own (docs/alarms.md says what each field means).
 *
 * @param text JSON: `{name, version, rules: [{name, severity, field, side, raise_at, clear_at, ...}]}`
 * @param source what errors call it: the file
 * @throws ConfigurationError naming the field, its value and what would be right
 */
export function readRuleSet(text: string, source: string): AlarmRuleSet {
  const set = fieldsOf(parse(text, source), source);
  refuseUnknown(set, SET_KEYS, source);
  const { rules } = set;
  if (!Array.isArray(rules) || rules.length === 0) {
    throw refusal(source, 'rules', rules, 'Give a list of at least one rule.');
  }
  const read = rules.map((rule, index) => ruleOf(rule, `${source}: rules[${index}]`));
  const repeated = read.find((rule, index) => read.findIndex((other) => other.name === rule.name) !== index);
  if (repeated !== undefined) throw refusal(source, 'name', repeated.name, 'Name every rule once.');
  return { name: nameIn(set, 'name', source), version: textIn(set, 'version', source, '1'), rules: read };
}

function ruleOf(value: unknown, where: string): AlarmRule {
  const fields = fieldsOf(value, where);
  refuseUnknown(fields, RULE_KEYS, where);
  const side = oneOf(fields, 'side', ['above', 'below'] as const, where);
  const raiseAt = numberIn(fields, 'raise_at', where);
  const clearAt = numberIn(fields, 'clear_at', where);
  if (side === 'above' ? clearAt >= raiseAt : clearAt <= raiseAt) {
    const remedy = `An alarm ${side} ${raiseAt} ends on the other side: give a ${side === 'above' ? 'lesser' : 'greater'} number.`;
    throw refusal(where, 'clear_at', clearAt, remedy);
  }
  return {
    name: nameIn(fields, 'name', where),
    severity: oneOf(fields, 'severity', SEVERITIES, where),
    field: oneOf<AlarmField>(fields, 'field', ALARM_FIELDS, where),
    side,
    raiseAt,
    clearAt,
    delaySeconds: secondsIn(fields, 'delay_seconds', where, 0),
    clearSeconds: secondsIn(fields, 'clear_seconds', where, 0),
    rearmSeconds: secondsIn(fields, 'rearm_seconds', where, 0),
    gapSeconds: secondsIn(fields, 'gap_seconds', where, DEFAULT_GAP_SECONDS),
    appliesTo: oneOf(fields, 'applies_to', ['everyone', 'news2'] as const, where, 'everyone'),
  };
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(FLAG, `${source} is no JSON (${problem})`, 'See docs/alarms.md for the format.');
  }
}

function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new ConfigurationError(FLAG, `${where} is ${JSON.stringify(value)}`, 'Give an object in braces.');
}

function refuseUnknown(fields: Fields, known: readonly string[], where: string): void {
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown !== undefined) throw refusal(where, unknown, fields[unknown], `Known fields: ${known.join(', ')}.`);
}

function nameIn(fields: Fields, key: string, where: string): string {
  const value = fields[key];
  if (typeof value === 'string' && NAME.test(value)) return value;
  throw refusal(where, key, value, NAME_REMEDY);
}

function textIn(fields: Fields, key: string, where: string, usual: string): string {
  const value = fields[key] ?? usual;
  if (typeof value === 'string' && value !== '') return value;
  throw refusal(where, key, value, 'Give a text.');
}

function numberIn(fields: Fields, key: string, where: string): number {
  const value = fields[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw refusal(where, key, value, 'Give a number in the unit of the field.');
}

function secondsIn(fields: Fields, key: string, where: string, usual: number): number {
  const value = fields[key] ?? usual;
  if (typeof value === 'number' && value >= 0 && value <= LONGEST_SECONDS) return value;
  throw refusal(where, key, value, `Give seconds from 0 to ${LONGEST_SECONDS}.`);
}

function oneOf<T extends string>(fields: Fields, key: string, allowed: readonly T[], where: string, usual?: T): T {
  const value = fields[key] ?? usual;
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw refusal(where, key, value, `One of: ${allowed.join(', ')}.`);
}

function refusal(where: string, key: string, value: unknown, remedy: string): ConfigurationError {
  const said = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  return new ConfigurationError(FLAG, `${where}: ${key} ${said}`, remedy);
}
