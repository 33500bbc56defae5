/** A setup module for tests: fails on request. */
export function setUpWorker(argument) {
  if (argument?.fail !== undefined) throw new Error(`planted fault ${argument.fail}`);
}
