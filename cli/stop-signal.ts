/**
 * A signal that aborts on the first SIGINT or SIGTERM, so that a command finishes its batch and leaves in order. A second
 * one ends the process at once: the lake survives that too.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let asked = false;
  const stop = () => {
    if (asked) process.exit(130);
    asked = true;
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}
