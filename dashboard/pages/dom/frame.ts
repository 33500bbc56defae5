const waiting = new Map<object, () => void>();
let asked = false;

/**
 * Does this before the next frame is painted, once, however often it is asked for: events may come faster than the screen is
 * drawn. The last `work` given for a `subject` is what is done. In a hidden tab frames stop, and so does the drawing.
 */
export function onFrame(subject: object, work: () => void): void {
  waiting.set(subject, work);
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const due = [...waiting.values()];
    waiting.clear();
    for (const each of due) each();
  });
}

/** Forgets work that was asked for: what it draws is gone. */
export function forget(subject: object): void {
  waiting.delete(subject);
}
