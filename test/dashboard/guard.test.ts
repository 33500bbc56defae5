import { describe, expect, test } from '@jest/globals';
import { guardRequest, type RequestFacts } from '../../dashboard/server/guard.js';

const HOSTS = new Set(['vitals.example.org', '10.0.0.7']);

function verdict(given: Partial<RequestFacts>): number | null {
  const facts = {
    method: 'GET',
    path: '/api/alerts',
    host: '127.0.0.1:8080',
    origin: undefined,
    fetchSite: undefined,
    fetchMode: undefined,
    contentType: undefined,
    ...given,
  };
  return guardRequest(facts, HOSTS)?.status ?? null;
}

const POST = { method: 'POST', path: '/api/alerts/a1', contentType: 'application/json' } as const;
const OWN = 'http://127.0.0.1:8080';

describe('the guard', () => {
  test.each([
    ['127.0.0.1:8080', null],
    ['localhost', null],
    ['LOCALHOST:9000', null],
    ['[::1]:8080', null],
    ['vitals.example.org', null],
    ['vitals.example.org:443', null],
    ['10.0.0.7:8080', null],
    ['evil.example', 403],
    ['127.0.0.1.evil.example:8080', 403],
    ['localhost.evil.example', 403],
    ['evil.example@127.0.0.1', 403],
    ['127.0.0.1:8080.evil.example', 403],
    ['', 403],
    [undefined, 403],
  ])('a Host of %j, which a rebound name cannot choose, is answered with %j', (host, status) => {
    expect(verdict({ host })).toBe(status);
  });

  test.each([
    ['GET', null],
    ['HEAD', null],
    ['PUT', 405],
    ['DELETE', 405],
    ['OPTIONS', 405],
    ['TRACE', 405],
    ['CONNECT', 405],
  ])('%s is answered with %j', (method, status) => {
    expect(verdict({ method })).toBe(status);
  });

  test.each([
    ['a program that is no browser', {}, null],
    ['our own page', { origin: OWN, fetchSite: 'same-origin' }, null],
    ['a browser that sends Origin only', { origin: OWN }, null],
    ['another site', { origin: 'http://evil.example', fetchSite: 'cross-site' }, 403],
    ['another site in a browser without Sec-Fetch', { origin: 'http://evil.example' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:3000', fetchSite: 'same-site' }, 403],
    ['a sandboxed frame or a file', { origin: 'null' }, 403],
    ['a site that is said to be typed', { fetchSite: 'none' }, 403],
    ['a form of another site', { fetchSite: 'cross-site', fetchMode: 'navigate' }, 403],
    ['a form of text', { origin: OWN, contentType: 'text/plain' }, 415],
    ['a form', { origin: OWN, contentType: 'application/x-www-form-urlencoded' }, 415],
    ['no type at all', { origin: OWN, contentType: undefined }, 415],
  ])('an action from %s is answered with %j', (_, given, status) => {
    expect(verdict({ ...POST, ...given })).toBe(status);
  });

  test.each([
    ['an answer, by a script of another site', '/api/hospital', 'cross-site', 'cors', 403],
    ['an answer, as a script tag of another site', '/api/hospital', 'cross-site', 'no-cors', 403],
    ['an answer, in a frame or by a link of another site', '/api/hospital', 'cross-site', 'navigate', 403],
    ['a page, by a link of another site', '/alerts', 'cross-site', 'navigate', null],
    ['our script, on a page of another site', '/app.js', 'cross-site', 'no-cors', 403],
    ['an answer, typed by a person', '/api/hospital', 'none', 'navigate', null],
    ['an answer, by our own page', '/api/hospital', 'same-origin', 'cors', null],
  ])('reading %s', (_, path, fetchSite, fetchMode, status) => {
    expect(verdict({ path, fetchSite, fetchMode })).toBe(status);
  });

  test('an Origin is held against the Host, whatever the scheme in front of a proxy', () => {
    expect(verdict({ ...POST, host: 'vitals.example.org', origin: 'https://vitals.example.org' })).toBeNull();
    expect(verdict({ ...POST, host: 'vitals.example.org', origin: 'https://127.0.0.1:8080' })).toBe(403);
  });
});
