import * as data from './scenarios/data.js';
import * as dofns from './scenarios/dofns.js';
import * as values from './scenarios/values.js';
import * as worker from './scenarios/worker.js';

/** What can be run in a process of its own, by name; each returns a plain value that tells what happened. */
export const SCENARIOS = {
  asynchronousProcess: dofns.asynchronousProcess,
  asynchronousRead: dofns.asynchronousRead,
  bytesOfAllKinds: values.bytesOfAllKinds,
  combinerThatIsMissing: worker.combinerThatIsMissing,
  combiningTwice: worker.combiningTwice,
  countersOfTwoBundles: dofns.countersOfTwoBundles,
  distributionOfThree: dofns.distributionOfThree,
  endOfInputOvertakes: data.endOfInputOvertakes,
  epochMilliseconds: values.epochMilliseconds,
  hundredDoubles: values.hundredDoubles,
  hundredKnownObjects: values.hundredKnownObjects,
  linesPrinted: worker.linesPrinted,
  memoryOfEndedBundles: data.memoryOfEndedBundles,
  messageBeyondFourMegabytes: data.messageBeyondFourMegabytes,
  objectBeyondTheBuffer: values.objectBeyondTheBuffer,
  outputBeyondOneFlush: data.outputBeyondOneFlush,
  questionsAfterTheBundle: worker.questionsAfterTheBundle,
  runnerIsDone: worker.runnerIsDone,
  runnerIsKilled: worker.runnerIsKilled,
  runnerThatDemandsWorkerIds: worker.runnerThatDemandsWorkerIds,
  sideInputBeyondFourMegabytes: worker.sideInputBeyondFourMegabytes,
  sideInputReadTwice: dofns.sideInputReadTwice,
  splitUnderWay: data.splitUnderWay,
  stateBreaksDuringRead: worker.stateBreaksDuringRead,
  timestampAfterAnAwait: dofns.timestampAfterAnAwait,
  unusualNumbers: values.unusualNumbers,
} as const;

export type ScenarioName = keyof typeof SCENARIOS;
