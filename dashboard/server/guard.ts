/** What the guard looks at of a request. Header values as they came; undefined where there was none. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
  readonly contentType: string | undefined;
}

/** Why a request is not answered. */
export interface Refusal {
  readonly status: 403 | 405 | 415;
  readonly error: string;
  readonly remedy: string;
}

/** Names that mean this machine and nothing else, whatever the port (a tunnel has another one at its other end). */
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const READING = new Set(['GET', 'HEAD']);

/**
 * Whether a request may be looked at. A page elsewhere can make a browser send requests here, under any name that it lets
 * resolve to this machine (DNS rebinding), but it cannot choose what the browser says of them: Host, Origin, Sec-Fetch-Site.
 * Programs that are no browsers send none but Host.
 *
 * @param hosts names that this server is reached by, beside those of the loopback
 * @returns null when nothing speaks against it
 */
export function guardRequest(facts: RequestFacts, hosts: ReadonlySet<string>): Refusal | null {
  const { method, host, origin, fetchSite } = facts;
  if (!isKnownHost(host, hosts))
    return forbidden('This server does not go by that name', 'Give the name with --allow-host');
  if (!READING.has(method) && method !== 'POST') {
    return { status: 405, error: `${method} is not answered`, remedy: 'Use GET, HEAD, or POST to act on an alert' };
  }
  if (origin !== undefined && !isOwnOrigin(origin, host)) return crossSite();
  if (fetchSite !== undefined && !isOwnFetch(fetchSite, facts)) return crossSite();
  if (method === 'POST' && !isFormOrJson(facts)) {
    return { status: 415, error: 'The body is not JSON', remedy: 'Send Content-Type: application/json' };
  }
  return null;
}

function isKnownHost(host: string | undefined, hosts: ReadonlySet<string>): boolean {
  if (host === undefined) return false;
  const name = nameOf(host);
  return name !== null && (LOOPBACK.has(name) || hosts.has(name) || hosts.has(host.toLowerCase()));
}

/** `localhost:8080` is localhost. Null for what is no name with perhaps a port. */
function nameOf(host: string): string | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host) ?? [];
  return name?.toLowerCase() ?? null;
}

/** Same host and port as the request went to; the scheme may be that of a proxy in between. */
function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return (
    host !== undefined &&
    /^https?:\/\//.test(origin) &&
    origin.replace(/^https?:\/\//, '').toLowerCase() === host.toLowerCase()
  );
}

/** From our own pages, typed by a person, or a link that a person followed to a page. */
function isOwnFetch(site: string, { method, path, fetchMode }: RequestFacts): boolean {
  if (site === 'same-origin') return true;
  if (!READING.has(method)) return false;
  if (site === 'none') return true;
  return fetchMode === 'navigate' && !path.startsWith('/api/');
}

function isFormOrJson({ path, contentType }: RequestFacts): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  return path === '/login' ? type === 'application/x-www-form-urlencoded' : type === 'application/json';
}

function crossSite(): Refusal {
  return forbidden('Another site made this request', "Open the dashboard's own address");
}

function forbidden(error: string, remedy: string): Refusal {
  return { status: 403, error, remedy };
}
