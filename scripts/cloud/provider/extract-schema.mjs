// node extract-schema.mjs PACKAGE-FOLDER OUTPUT.json.gz: the schema of a Terraform provider out of its cdktf package.
//
// The package is generated from the provider's own schema, one class for each resource; what is read back is names, types,
// which arguments are required, which are computed, which blocks may repeat, and the values that the documentation lists.
// Shape of the output: {version, provider, resources, data}, each a block {attributes, blocks} (see the provider's schema.go).
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [, , folder, output] = process.argv;

/** Types as Terraform writes them, of what the package calls them. */
const TYPES = {
  string: 'string',
  number: 'number',
  boolean: 'bool',
  stringList: ['list', 'string'],
  numberList: ['list', 'number'],
  booleanList: ['list', 'bool'],
  stringMap: ['map', 'string'],
  numberMap: ['map', 'number'],
  booleanMap: ['map', 'bool'],
  anyMap: ['map', 'string'],
  any: 'dynamic',
  stringListList: ['list', ['list', 'string']],
};
/** Types of computed attributes, of the getter that reads them. */
const GETTERS = {
  String: 'string',
  Number: 'number',
  Boolean: 'bool',
  List: ['list', 'string'],
  NumberList: ['list', 'number'],
  StringMap: ['map', 'string'],
  NumberMap: ['map', 'number'],
  BooleanMap: ['map', 'bool'],
  AnyMap: ['map', 'string'],
};
/** Optional arguments that the provider fills in when they are left out; not every version of the package says so. */
const FILLED_IN = new Set(['id', 'project', 'region', 'zone', 'location', 'etag', 'self_link']);

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What the type declarations say of each property: required or not, and its documented values. */
function readDeclarations(text) {
  const interfaces = new Map();
  for (const [, name, body] of text.matchAll(/export interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)) {
    const properties = new Map();
    for (const [, comment, property, optional] of body.matchAll(/(?:\/\*\*([\s\S]*?)\*\/\s*)?readonly (\w+)(\??):/g)) {
      const listed = /Possible values: \[([^\]]*)\]/.exec(comment ?? '')?.[1] ?? '';
      const values = [...listed.matchAll(/"([^"]*)"/g)].map((match) => match[1]);
      properties.set(snake(property), { required: !optional, values });
    }
    interfaces.set(name, properties);
  }
  return interfaces;
}

/** The entries of an `attrs` table: what is written to Terraform, in order. */
function readAttributes(text) {
  const entry =
    /\n\s+(\w+): \{\s*\n\s+value: ([\s\S]*?),\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)"/g;
  return [...text.matchAll(entry)].map(([, name, value, isBlock, type, storage]) => ({
    name,
    value,
    isBlock: isBlock === 'true',
    type,
    storage,
  }));
}

function readClasses(text) {
  const classes = new Map();
  for (const [, name, base, body] of text.matchAll(/\nclass (\w+) extends cdktf\.(\w+) \{([\s\S]*?)\n\}/g)) {
    classes.set(name, { base, body });
  }
  return classes;
}

function readStructs(text) {
  const structs = new Map();
  for (const [, name, body] of text.matchAll(/\nfunction (\w+)ToHclTerraform\(struct\) \{([\s\S]*?)\n\}/g)) {
    structs.set(name, readAttributes(`\n${body.split('const attrs = {')[1] ?? ''}`));
  }
  return structs;
}

/** Attributes that a class only reads: computed ones, with objects inside lists. */
function computedOf(source, className) {
  const body = source.classes.get(className)?.body ?? '';
  const found = {};
  for (const [, getter, name] of body.matchAll(/this\.get(\w+?)Attribute\('(\w+)'\)/g)) {
    found[name] = GETTERS[getter] ?? 'string';
  }
  for (const [, getter, name] of body.matchAll(
    /new cdktf\.(StringMap|BooleanMap|NumberMap|AnyMap)\(this, "(\w+)"\)/g,
  )) {
    found[name] = GETTERS[getter];
  }
  const nested = /new (\w+)(?:List|OutputReference)\(this, "(\w+)"(?:, (true|false))?\)/g;
  for (const [, inner, name, isSet] of body.matchAll(nested)) {
    found[name] = [isSet === 'true' ? 'set' : 'list', ['object', computedOf(source, `${inner}OutputReference`)]];
  }
  return found;
}

/** The comment above each property of a class: `name - computed: true, optional: true, required: false`. */
function modesOf(source, className) {
  const body = source.classes.get(className)?.body ?? '';
  const modes = {};
  const comment = /\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)/g;
  for (const [, name, computed, optional, required] of body.matchAll(comment)) {
    if (computed === 'true') modes[name] = optional === 'true' ? 'optional+computed' : 'computed';
    else modes[name] = required === 'true' ? 'required' : 'optional';
  }
  return modes;
}

function attributeOf(entry, property, mode) {
  let type = TYPES[entry.storage] ?? 'string';
  if (entry.type === 'set' && Array.isArray(type)) type = ['set', type[1]];
  let kind = mode ?? (property?.required ? 'required' : 'optional');
  if (kind === 'optional' && FILLED_IN.has(entry.name)) kind = 'optional+computed';
  return { type, mode: kind, ...(property?.values.length ? { values: property.values } : {}) };
}

function nestedOf(source, entry, property) {
  const struct = /(\w+)ToHclTerraform/.exec(entry.value)?.[1] ?? '';
  const className = struct.charAt(0).toUpperCase() + struct.slice(1);
  const block = blockOf(source, source.structs.get(struct) ?? [], className, `${className}OutputReference`);
  if (entry.name === 'timeouts') return { nesting: 'single', min: 0, max: 0, block };
  const repeats = /listMapperHcl/.test(entry.value);
  const nesting = entry.type === 'set' ? 'set' : 'list';
  return { nesting, min: property?.required ? 1 : 0, max: repeats ? 0 : 1, block };
}

function blockOf(source, entries, interfaceName, className) {
  const declared = source.interfaces.get(interfaceName) ?? new Map();
  const modes = modesOf(source, className);
  const attributes = {};
  const blocks = {};
  for (const entry of entries) {
    const property = declared.get(entry.name);
    if (entry.isBlock) blocks[entry.name] = nestedOf(source, entry, property);
    else attributes[entry.name] = attributeOf(entry, property, modes[entry.name]);
  }
  for (const [name, type] of Object.entries(computedOf(source, className))) {
    if (!(name in attributes) && !(name in blocks)) attributes[name] = { type, mode: 'computed' };
  }
  return { attributes, blocks };
}

/** One folder of the package: a resource, a data source or the provider itself; null for anything else. */
function readFolder(path) {
  const text = readFileSync(join(path, 'index.js'), 'utf8');
  const interfaces = readDeclarations(readFileSync(join(path, 'index.d.ts'), 'utf8'));
  const source = { interfaces, classes: readClasses(text), structs: readStructs(text) };
  const main = [...source.classes].find(([, { base }]) => /^Terraform(Resource|DataSource|Provider)$/.test(base));
  if (main === undefined) return null;
  const [className, { base, body }] = main;
  const written = /synthesizeHclAttributes\(\) \{([\s\S]*?)\n {4}\}/.exec(body)?.[1] ?? '';
  const entries = readAttributes(`\n${written.split('const attrs = {')[1] ?? ''}`);
  const name = /\.tfResourceType = "(\w+)"/.exec(text)?.[1];
  return { name, kind: base, block: blockOf(source, entries, `${className}Config`, className) };
}

const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const schema = { version, provider: { attributes: {}, blocks: {} }, resources: {}, data: {} };
for (const name of readdirSync(join(folder, 'lib')).sort()) {
  if (!existsSync(join(folder, 'lib', name, 'index.js'))) continue;
  const found = readFolder(join(folder, 'lib', name));
  if (found === null) continue;
  if (found.kind === 'TerraformProvider') schema.provider = found.block;
  else (found.kind === 'TerraformResource' ? schema.resources : schema.data)[found.name] = found.block;
}
const [resources, data] = [schema.resources, schema.data].map((all) => Object.keys(all).length);
// The packages are read by patterns: if their form changes, an empty schema must not pass for a lenient one.
if (resources < 500 || data < 100 || Object.keys(schema.provider.attributes).length < 50) {
  throw new Error(
    `${folder}: only ${resources} resources and ${data} data sources found: the package has another form`,
  );
}
writeFileSync(output, gzipSync(JSON.stringify(schema)));
process.stderr.write(`${output}: ${resources} resources, ${data} data sources\n`);
