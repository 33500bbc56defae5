/** A lake that only the environment names (VITALS_LAKE) is no choice of a source where another source is named. */
export function chosenLake(
  lake: string | undefined,
  otherIsNamed: boolean,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return otherIsNamed && lake === environment['VITALS_LAKE'] ? undefined : lake;
}
