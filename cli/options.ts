/** Where things are when nobody says so: below the working directory, in one folder that may be deleted. */
export const DEFAULT_FOLDER = '.vitals';

/** The `--lake` option, the same for every command. */
export const LAKE_OPTION = {
  type: 'string',
  default: `${DEFAULT_FOLDER}/lake`,
  describe: 'folder of the lake, or gs://BUCKET/PREFIX',
} as const;
