/**
 * What `vitals doctor` says of one thing: `note` is missing for single commands only, `warning` is worth knowing, `error` keeps the
 * main job from working.
 */
export interface Finding {
  readonly check: string;
  readonly level: 'ok' | 'note' | 'warning' | 'error';
  readonly detail: string;
  /** The command or change that mends it; null when nothing is wrong. */
  readonly remedy: string | null;
}

export function ok(check: string, detail: string): Finding {
  return { check, level: 'ok', detail, remedy: null };
}

export function note(check: string, detail: string, remedy: string): Finding {
  return { check, level: 'note', detail, remedy };
}

export function warning(check: string, detail: string, remedy: string): Finding {
  return { check, level: 'warning', detail, remedy };
}

export function error(check: string, detail: string, remedy: string): Finding {
  return { check, level: 'error', detail, remedy };
}
