import { ConfigurationError } from '../../schema/errors.js';

/** Kinds of resources that a `pubsub:` URL can name, as they stand in its path. */
export type ResourceKind = 'topics' | 'subscriptions' | 'snapshots' | 'schemas';

/** A resource of Pub/Sub, named by a URL. */
export interface PubSubResource {
  readonly project: string;
  readonly id: string;
  /** `projects/P/<kind>/ID`: its name in the API. */
  readonly path: string;
  /** What stands behind the question mark; empty when nothing does. */
  readonly settings: ReadonlyMap<string, string>;
}

const URL_FORM =
  /^pubsub:projects\/([a-z][a-z0-9.:-]*[a-z0-9])\/([a-z]+)\/([A-Za-z][A-Za-z0-9._~+%-]{2,254})(?:\?(.*))?$/;

/**
 * Reads `pubsub:projects/P/<kind>/ID`, with `?name=value&…` behind it where settings are allowed.
 *
 * @param flag the option that the URL was given to
 * @param settings names that may stand behind the question mark
 * @throws ConfigurationError for anything else, saying what would be right
 */
export function parsePubSubUrl(
  flag: string,
  url: string,
  kind: ResourceKind,
  settings: readonly string[] = [],
): PubSubResource {
  const remedy = `Use pubsub:projects/PROJECT/${kind}/NAME, NAME of 3 to 255 characters.`;
  const found = URL_FORM.exec(url);
  if (!found) throw new ConfigurationError(flag, `${url} does not name a resource of Pub/Sub`, remedy);
  const [, project = '', named = '', id = '', query = ''] = found;
  if (named !== kind) throw new ConfigurationError(flag, `${url} names one of ${named}, not of ${kind}`, remedy);
  const given = new Map(new URLSearchParams(query));
  for (const name of given.keys()) {
    if (settings.includes(name)) continue;
    const known = settings.length === 0 ? 'There is none here.' : `There are ${settings.join(', ')}.`;
    throw new ConfigurationError(flag, `${name} is not a setting of ${url}`, known);
  }
  return { project, id, path: `projects/${project}/${kind}/${id}`, settings: given };
}
