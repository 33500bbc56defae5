import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { READING_SCHEMA } from '../../brokers/pubsub/reading-schema.js';
import { describeStatus } from '../../cli/status-line.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';

const read = (path: string) => readFileSync(path, 'utf8');

/** A line of progress as the program writes it. */
function statusLine(lagMillis: number | null): string {
  const run = { received: 1_234_567, silver: 1_234_000, dead_letter: 500, suppressed: 67, alerts: 12 };
  return describeStatus({ run, lagMillis, readingsPerSecond: 2_800 } as RunStatus);
}

/** A value of `locals` in the metrics, as a pattern. */
function pattern(name: string): RegExp {
  const [, text = ''] =
    new RegExp(`^  ${name}\\s+= "(.*)"$`, 'm').exec(read('terraform/modules/monitoring/log-metrics.tf')) ?? [];
  expect(text).not.toBe('');
  return new RegExp(text);
}

describe('what is watched is what the program says', () => {
  test('the line of progress is found by its pattern', () => {
    expect(statusLine(2_500)).toMatch(pattern('status_line'));
    expect(statusLine(null)).toMatch(pattern('status_line'));
  });

  test('the lag is taken out of the line of progress', () => {
    const metrics = read('terraform/modules/monitoring/log-metrics.tf');
    const [, extractor = ''] = /REGEXP_EXTRACT\(textPayload, \\"(.*)\\"\)/.exec(metrics) ?? [];
    expect(new RegExp(extractor).exec(statusLine(2_500))?.[1]).toBe('2.5');
    expect(statusLine(null)).not.toMatch(new RegExp(extractor));
  });

  test('both sentences of a writer that has lost the lake are found', () => {
    const sentences = [
      /`(Another writer has taken over the lake) \$\{/.exec(read('lake/lease.ts'))?.[1],
      /`(Another writer committed batch) \$\{/.exec(read('lake/manifest-log.ts'))?.[1],
    ];
    for (const sentence of sentences) expect(sentence).toMatch(pattern('lease_lost'));
  });
});

test('every alert policy has a page in docs/operations.md', () => {
  const code = read('terraform/modules/monitoring/policies.tf');
  const names = [...code.matchAll(/^ {4}"?([a-z-]+)"? += \{\n {6}title/gm)].map(([, name]) => name);
  expect(names.length).toBe(8);
  const headings =
    read('docs/operations.md')
      .match(/^#+ .*$/gm)
      ?.join('\n') ?? '';
  for (const name of [...names, 'stream-silent']) expect(headings).toContain(name);
});

describe('what is made is what the program expects', () => {
  test("the topic's schema is the one that vitals pubsub setup makes", () => {
    expect(read('terraform/modules/pubsub/reading.schema').trim()).toBe(READING_SCHEMA);
  });

  test('every flag of the stream is one of vitals run', () => {
    const flags = [...read('terraform/modules/streaming/arguments.tf').matchAll(/"(--[a-z-]+)"/g)].map(
      ([, flag]) => flag,
    );
    const help = spawnSync(process.execPath, ['dist/cli/index.js', 'run', '--help'], { encoding: 'utf8' }).stdout;
    expect(flags.length).toBeGreaterThan(15);
    for (const flag of flags) expect(help).toContain(`${flag} `);
  });

  test('the environments differ in settings only', () => {
    for (const file of ['variables.tf', 'outputs.tf', 'providers.tf']) {
      expect(read(`terraform/envs/prod/${file}`)).toBe(read(`terraform/envs/dev/${file}`));
    }
  });

  test('state is kept apart for each environment', () => {
    for (const name of ['dev', 'prod']) {
      expect(read(`terraform/envs/${name}/backend.tf`)).toContain(`prefix = "vitals/${name}"`);
    }
  });

  test('docs/terraform.md names every output that a program may read', () => {
    const docs = read('docs/terraform.md');
    for (const [, name] of read('terraform/envs/dev/outputs.tf').matchAll(/^output "(\w+)"/gm)) {
      expect(docs).toContain(`\`${name}\``);
    }
  });
});
