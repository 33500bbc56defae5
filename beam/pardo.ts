import { AwaitingParDo, type DoFn } from './awaiting-pardo.js';
import {
  operators,
  runnerApi,
  serialization,
  urns,
  type Operator,
  type OperatorContext,
  type Receiver,
  type TransformProto,
  type WindowedValue,
} from './sdk-internals.js';

interface SplitOptions {
  readonly knownTags: readonly string[];
  readonly unknownTagBehavior?: 'error' | 'ignore' | 'rename';
  readonly unknownTagName?: string;
  readonly exclusive?: boolean;
}

/**
 * Replaces the ParDo operators. As shipped an async `process` fails, an async `startBundle` is not awaited, and a split
 * that renames unknown tags emits undefined. Order of elements and laziness are as before for synchronous DoFns.
 */
export function awaitAsyncDoFns(): void {
  operators.registerOperatorConstructor('beam:transform:pardo:v1', (id, transform, context) => {
    const spec = runnerApi.ParDoPayload.fromBinary(transform.spec.payload);
    const payload = () => serialization.deserializeFn(spec.doFn.payload);
    const only = () => context.getReceiver(Object.values(transform.outputs)[0] ?? '');
    switch (spec.doFn.urn) {
      case urns['SERIALIZED_JS_DOFN_INFO']: {
        const { doFn, context: original } = payload() as { doFn: DoFn; context: unknown };
        return new AwaitingParDo(id, only(), doFn, original, transform, spec, context);
      }
      case urns['IDENTITY_DOFN_URN']:
        return elementwise(id, only(), (value) => value);
      case urns['JS_WINDOW_INTO_DOFN_URN']: {
        const { windowFn } = payload() as { windowFn: { assignWindows(timestamp: unknown): unknown[] } };
        return elementwise(id, only(), (value) => {
          const assigned = windowFn.assignWindows(value.timestamp);
          // An element in several windows stands for as many elements: each is assigned anew.
          return { ...value, windows: value.windows.length === 1 ? assigned : value.windows.flatMap(() => assigned) };
        });
      }
      case urns['JS_ASSIGN_TIMESTAMPS_DOFN_URN']: {
        const { func } = payload() as { func(value: unknown, timestamp: unknown): unknown };
        return elementwise(id, only(), (value) => ({ ...value, timestamp: func(value.value, value.timestamp) }));
      }
      case urns['SPLITTING_JS_DOFN_URN']:
        return splitting(id, transform, context, payload() as SplitOptions);
      default:
        throw new Error(`beam: unknown kind of DoFn ${spec.doFn.urn}`);
    }
  });
}

function elementwise(id: string, receiver: Receiver, change: (value: WindowedValue) => WindowedValue): Operator {
  return {
    transformId: id,
    startBundle: async () => {},
    process: (value) => {
      const changed = change(value);
      return changed.windows.length > 0 ? receiver.receive(changed) : null;
    },
    finishBundle: async () => {},
  };
}

function splitting(id: string, transform: TransformProto, context: OperatorContext, options: SplitOptions): Operator {
  const receivers = new Map(Object.entries(transform.outputs).map(([tag, pc]) => [tag, context.getReceiver(pc)]));
  const tagOf = (key: string): string | undefined => {
    if (options.knownTags.includes(key)) return key;
    if (options.unknownTagBehavior === 'rename') return options.unknownTagName;
    if (options.unknownTagBehavior === 'ignore') return undefined;
    throw new Error(`beam: split met the tag ${key}, which is none of ${options.knownTags.join(', ')}`);
  };
  return {
    transformId: id,
    startBundle: async () => {},
    process: (value) => {
      const entries = Object.entries(value.value as Record<string, unknown>);
      if (options.exclusive && entries.length !== 1) throw new Error('beam: exclusive split of several keys');
      const result = new operators.ProcessResultBuilder();
      for (const [key, element] of entries) {
        const tag = tagOf(key);
        const receiver = tag === undefined ? undefined : receivers.get(tag);
        if (receiver) result.add(receiver.receive({ ...value, value: element }));
      }
      return result.build();
    },
    finishBundle: async () => {},
  };
}
