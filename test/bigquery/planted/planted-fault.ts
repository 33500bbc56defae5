/** A statement with one fault in it, and who finds it: the lint (plain Node), the SQL analyzer (test/cloud), or both. */
export interface PlantedFault {
  readonly fault: string;
  readonly text: string;
  /** What the lint says of it; null where it cannot know. */
  readonly lint: RegExp | null;
  /** What the analyzer says, or our rules on what it resolved; null where it cannot know. */
  readonly analyzer: RegExp | null;
}
