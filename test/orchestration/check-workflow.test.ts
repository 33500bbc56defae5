import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { checkWorkflow } from './check-workflow.js';
import { readMaintenance, type Workflow } from './workflow.js';

const TEXT = readFileSync(
  fileURLToPath(new URL('../../terraform/modules/orchestration/maintenance.workflow.yaml', import.meta.url)),
  'utf8',
);

test('the maintenance workflow has no fault', () => {
  expect(checkWorkflow(readMaintenance())).toEqual([]);
});

/** Each fault as a change of the text, and what must be said of it. */
const FAULTS: readonly [fault: string, from: string, to: string, said: RegExp][] = [
  ['a target that is not there', 'next: continue', 'next: run_stop', /there is no step run_stop to go on with/],
  ['a connector that is not known', 'locations.jobs.run', 'locations.jobs.runs', /there is no call googleapis/],
  ['a function that is not known', 'list.concat(known', 'list.append(known', /there is no function list\.append/],
  [
    'a variable before its value',
    '{ name: load, minutes: 120, args: [load, --lake, ',
    '{ name: load, minutes: 120, args: ["${execution}", ',
    /execution has no value yet/,
  ],
  ['a variable that a loop has kept to itself', 'return: ${done}', 'return: ${step}', /step has no value yet/],
  ['an expression that does not end', '${job_path}', '${job_path', /must be the whole text|is left over/],
  ['an expression in a text', 'message: vitals-maintenance done', "message: 'ended ${done}'", /must be the whole text/],
  ['brackets that do not match', '${len(only) > 0 and', '${len(only > 0 and', /is missing/],
  ['an operator without a value', '"/jobs/" + job}', '"/jobs/" + }', /stands where a value is due/],
  ['a predicate that is not there', '${is_passing}', '${is_transient}', /there is no predicate/],
  ['a retry without a limit', 'max_retries: 4', 'max_retries: 0', /no limit or no delay/],
  ['two steps of one name', '- report:', '- fail:', /two steps are called fail/],
  ['a misspelt field', 'except:', 'catch:', /make no step/],
  ['a workflow without a beginning', 'main:', 'mine:', /there is no main/],
  ['an expression that is too long', '^gs://[a-z0-9]', 'x'.repeat(400), /an expression has \d+ characters/],
];

describe('a planted fault is found', () => {
  test.each(FAULTS)('%s', (_fault, from, to, said) => {
    expect(TEXT).toContain(from);
    expect(checkWorkflow(parse(TEXT.replace(from, () => to)) as Workflow).join('\n')).toMatch(said);
  });
});
