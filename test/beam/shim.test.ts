import { describe, expect, test } from '@jest/globals';
import { beam, register, runOnDirectRunner, step } from '../../beam/index.js';
import { installedVersion, jsCoders, SUPPORTED_BEAM_VERSION } from '../../beam/sdk-internals.js';
import { assertSupportedVersion } from '../../beam/version.js';

const seen: unknown[] = [];

class Record1 {
  *process(element: unknown) {
    seen.push(element);
    yield element;
  }
}

class AsyncTimesTen {
  async process(element: number) {
    await Promise.resolve();
    return [element, element * 10];
  }
}

class AsyncGenerate {
  async *process(element: number) {
    yield element;
    await Promise.resolve();
    yield element + 100;
  }
}

class CountedStart {
  started = 0;
  async startBundle() {
    await Promise.resolve();
    this.started += 1;
  }
  *process(element: number) {
    yield { element, started: this.started };
  }
}

class ReadSideTwice {
  *process(element: number, context: { side: { lookup(): Iterable<number> } }) {
    const first = [...context.side.lookup()];
    const second = [...context.side.lookup()];
    yield { element, first, second };
  }
}

register('test/beam/shim', { Record1, AsyncTimesTen, AsyncGenerate, CountedStart, ReadSideTwice });

async function collect(
  build: (root: Parameters<Parameters<typeof runOnDirectRunner>[0]>[0]) => { apply(t: unknown): unknown },
) {
  seen.length = 0;
  await runOnDirectRunner((root) => {
    build(root).apply(step('Record', beam.parDo(new Record1() as never)) as never);
  });
  return [...seen];
}

describe('the shim around apache-beam', () => {
  test('runs on the one release that it was written for, and refuses any other', () => {
    expect(installedVersion).toBe(SUPPORTED_BEAM_VERSION);
    expect(() => assertSupportedVersion('2.50.0')).toThrow(/2\.50\.0 is installed.*npm ci/);
  });

  test('awaits an asynchronous process', async () => {
    const out = await collect((root) =>
      root.apply(beam.create([1, 2])).apply(step('Async', beam.parDo(new AsyncTimesTen() as never))),
    );
    expect(out.sort()).toEqual([1, 10, 2, 20]);
  });

  test('awaits an asynchronous generator', async () => {
    const out = await collect((root) =>
      root.apply(beam.create([1])).apply(step('Generate', beam.parDo(new AsyncGenerate() as never))),
    );
    expect(out).toEqual([1, 101]);
  });

  test('awaits an asynchronous startBundle before the first element', async () => {
    const out = await collect((root) =>
      root.apply(beam.create([5])).apply(step('Start', beam.parDo(new CountedStart() as never))),
    );
    expect(out).toEqual([{ element: 5, started: 1 }]);
  });

  test('an iterable side input can be read twice', async () => {
    const out = await collect((root) => {
      const side = root.apply(step('Side', beam.create([10, 20])));
      return root
        .apply(step('Main', beam.create([1])))
        .apply(
          step('Read side', beam.parDo(new ReadSideTwice() as never, { side: beam.iterableSideInput(side) }) as never),
        );
    });
    expect(out).toEqual([{ element: 1, first: [10, 20], second: [10, 20] }]);
  });

  test('split sends a tag it does not know to the collection named for the unknown', async () => {
    const out = await collect((root) => {
      const tags = root
        .apply(beam.create([{ a: 1 }, { b: 2 }] as { [key: string]: number }[]))
        .apply(beam.split(['a'], { unknownTagBehavior: 'rename', unknownTagName: 'other' })) as Record<string, never>;
      return tags['other'] as never;
    });
    expect(out).toEqual([2]);
  });

  test('an epoch millisecond survives as a group key', async () => {
    const key = 1_795_000_000_123;
    const out = await collect((root) =>
      root.apply(beam.create([{ key, value: 1 }])).apply(step('Group', beam.groupBy('key' as never))),
    );
    expect(out).toEqual([{ key, value: [{ key, value: 1 }] }]);
  });

  test('NaN, infinities and negative zero keep their value through the number coder', () => {
    const number = new jsCoders.GeneralObjectCoder().codersByType.number as {
      encode(value: number, writer: unknown, context: unknown): void;
    };
    const kinds: string[] = [];
    for (const value of [NaN, Infinity, -Infinity, -0, 1.5, 7]) {
      number.encode(
        value,
        { string: (s: string) => kinds.push(s), double: () => {}, int64: () => {}, int32: () => {}, fixed64: () => {} },
        undefined,
      );
    }
    expect(kinds).toEqual(['f', 'f', 'f', 'f', 'f', 'i']);
  });

  test('a DoFn that throws fails the run with its own error', async () => {
    class Fail {
      process(): void {
        throw new Error('planted fault');
      }
    }
    register('test/beam/shim-fail', { Fail });
    await expect(
      runOnDirectRunner((root) => {
        root.apply(beam.create([1])).apply(step('Fail', beam.parDo(new Fail() as never)));
      }),
    ).rejects.toThrow('planted fault');
  });
});
