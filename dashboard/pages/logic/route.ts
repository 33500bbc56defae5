/** The pages, in the order of the navigation. */
export const PAGES = ['hospital', 'alerts', 'pipeline'] as const;
export type PageName = (typeof PAGES)[number] | 'patient';

/** What is shown: everything that a link must carry to show the same to somebody else. */
export interface Route {
  readonly page: PageName;
  /** Pseudonym; only of the page of a patient. */
  readonly patient?: string;
  /** as_of, from, to, ward, status, severity, rule, wall, sort ... in no order. Empty values are left out. */
  readonly params: Readonly<Record<string, string>>;
}

/** Parameters that follow the reader from page to page. */
const KEPT = ['as_of', 'wall'] as const;

/** Reads `#/page?key=value` or `#/patient/ID?...`; anything else is the hospital. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [name = '', id = ''] = path.split('/');
  const params = Object.fromEntries([...new URLSearchParams(query)].filter(([, value]) => value !== ''));
  if (name === 'patient' && id !== '') return { page: 'patient', patient: decoded(id), params };
  const page = PAGES.find((known) => known === name);
  return { page: page ?? 'hospital', params: page ? params : {} };
}

/** The link of a route; the inverse of {@link parseRoute}. Keys are sorted, so that equal routes have equal links. */
export function formatRoute(route: Route): string {
  const path = route.page === 'patient' ? `patient/${encodeURIComponent(route.patient ?? '')}` : route.page;
  const entries = Object.entries(route.params).filter(([, value]) => value !== '');
  const query = new URLSearchParams(entries.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

/** The route of another page, with what follows the reader (time travel, wall) and `params` of its own. */
export function otherPage(from: Route, to: Omit<Route, 'params'>, params: Route['params'] = {}): Route {
  const kept = Object.fromEntries(KEPT.flatMap((key) => (from.params[key] ? [[key, from.params[key]]] : [])));
  return { ...to, params: { ...kept, ...params } };
}

/** A pseudonym as it stands in the link; a link that was mangled is not an error, it finds nobody. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
