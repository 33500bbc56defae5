import type * as RunnerApi from 'apache-beam/proto/beam_runner_api';

/**
 * When a window emits a pane. Names and meaning are those of the Beam model
 * (https://beam.apache.org/documentation/programming-guide/#triggers); the SDK has the protocol for them but no classes.
 * The DirectRunner ignores triggers: they count on portable runners.
 */
export interface Trigger {
  readonly proto: RunnerApi.Trigger;
  /** The trigger may end: whatever comes for its window afterwards is dropped. */
  readonly finishes: boolean;
}

/** Fires at the end of the window, as the watermark tells it; speculatively before and for late data after, if asked. */
export interface AfterWatermark extends Trigger {
  readonly handlesLate: boolean;
  /** Panes before the end of the window, each time that `trigger` fires. */
  withEarlyFirings(trigger: Trigger): AfterWatermark;
  /** Panes for what comes after the end of the window and within the allowed lateness. */
  withLateFirings(trigger: Trigger): AfterWatermark;
}

export function afterWatermark(): AfterWatermark {
  return endOfWindow({});
}

/** Fires once, `delayMillis` of processing time after the first element of the pane. */
export function afterProcessingTime(delayMillis: number): Trigger {
  const delay = { delayMillis: BigInt(positive('the delay of afterProcessingTime', delayMillis)) };
  const timestampTransforms = [{ timestampTransform: { oneofKind: 'delay' as const, delay } }];
  return once({ oneofKind: 'afterProcessingTime', afterProcessingTime: { timestampTransforms } });
}

/** Fires once, when the pane has `elements` elements or more. */
export function afterCount(elements: number): Trigger {
  const elementCount = positive('the count of afterCount', elements);
  return once({ oneofKind: 'elementCount', elementCount: { elementCount } });
}

/** Fires once, as soon as one of the triggers does. */
export function afterAny(...triggers: readonly Trigger[]): Trigger {
  const subtriggers = triggers.map(({ proto }) => proto);
  return once({ oneofKind: 'afterAny', afterAny: { subtriggers } });
}

/** Fires each time that `trigger` does, for ever. */
export function repeatedly(trigger: Trigger): Trigger {
  return { proto: { trigger: { oneofKind: 'repeat', repeat: { subtrigger: trigger.proto } } }, finishes: false };
}

function endOfWindow(firings: RunnerApi.Trigger_AfterEndOfWindow): AfterWatermark {
  return {
    proto: { trigger: { oneofKind: 'afterEndOfWindow', afterEndOfWindow: firings } },
    // What is late is then dropped; without allowed lateness there is nothing late.
    finishes: false,
    handlesLate: firings.lateFirings !== undefined,
    withEarlyFirings: ({ proto }) => endOfWindow({ ...firings, earlyFirings: proto }),
    withLateFirings: ({ proto }) => endOfWindow({ ...firings, lateFirings: proto }),
  };
}

function once(trigger: RunnerApi.Trigger['trigger']): Trigger {
  return { proto: { trigger }, finishes: true };
}

function positive(what: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`beam: ${what} is ${value}; give a whole number above zero.`);
}
