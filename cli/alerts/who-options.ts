/** What acting on an alert takes. */
export interface ActArguments {
  readonly id: string;
  readonly lake: string;
  readonly who: string;
  readonly note: string | undefined;
  readonly json: boolean;
}

export const WHO_OPTIONS = {
  who: { type: 'string', demandOption: true, describe: 'who acts' },
  note: { type: 'string', describe: 'what they want to add; no patient names' },
  json: { type: 'boolean', default: false, describe: 'print the alert and its history as one JSON object' },
} as const;
