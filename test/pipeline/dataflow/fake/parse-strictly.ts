import { ENUMS, MESSAGES } from './job-schema.js';

/** What is wrong with a JSON body, in the words of Google's APIs; empty when it parses. */
export function faultsOf(value: unknown, message: string = 'Job', path = 'job'): string[] {
  if (!isObject(value)) return [`Invalid value at '${path}' (${message})`];
  const fields: Readonly<Record<string, string>> = MESSAGES[message as keyof typeof MESSAGES];
  return Object.entries(value).flatMap(([name, member]) => {
    const type = fields[name];
    if (type === undefined) return [`Unknown name "${name}" at '${path}': Cannot find field.`];
    return fieldFaults(member, type, `${path}.${name}`);
  });
}

function fieldFaults(value: unknown, type: string, path: string): string[] {
  if (!type.startsWith('[]')) return valueFaults(value, type, path);
  if (!Array.isArray(value)) return [`Invalid value at '${path}' (repeated)`];
  return value.flatMap((item, index) => valueFaults(item, type.slice(2), `${path}[${index}]`));
}

function valueFaults(value: unknown, type: string, path: string): string[] {
  if (type in MESSAGES) return faultsOf(value, type, path);
  return isOfType(value, type) ? [] : [`Invalid value at '${path}' (${type}), ${JSON.stringify(value)}`];
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'int32':
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
    case 'map':
      return isObject(value) && Object.values(value).every((member) => typeof member === 'string');
    case 'Struct':
      return isObject(value);
    default:
      return (ENUMS[type as keyof typeof ENUMS] as readonly string[] | undefined)?.includes(value as string) ?? false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
