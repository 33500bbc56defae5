import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './read-body.js';
import { send, sendError } from './respond.js';
import type { Sessions } from './sessions.js';

/** Everything that a person needs who has the token; no script, no style of its own. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Vitals: sign in</title>
  </head>
  <body>
    <main>
      <h1>Vitals</h1>
      <form method="post" action="/login">
        <p>
          <label for="token">Token</label>
          <input id="token" name="token" type="password" autocomplete="current-password" required autofocus />
        </p>
        <p><button type="submit">Sign in</button></p>
      </form>
      <!-- problem -->
      <p>Synthetic data. Not a medical device.</p>
    </main>
  </body>
</html>
`;

const WRONG = PAGE.replace('<!-- problem -->', '<p role="alert">This is not the token of this server.</p>');
const TYPE = 'text/html; charset=utf-8';
/** With no-referrer a browser says `Origin: null` of a form, which nobody could tell from a stranger's. */
const FORM_HEADERS = { 'Referrer-Policy': 'same-origin' };

/** The exchange of the token for a cookie: a form, and its answer. */
export async function login(sessions: Sessions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!sessions.guarded) {
    response.writeHead(303, { Location: '/' }).end();
    return;
  }
  if (request.method !== 'POST') return send(response, 200, TYPE, PAGE, FORM_HEADERS);
  const cookie = sessions.open(await tokenIn(request));
  if (cookie === null) return send(response, 403, TYPE, WRONG, FORM_HEADERS);
  response.writeHead(303, { Location: '/', 'Set-Cookie': cookie }).end();
}

/** Whoever comes without a token: a person is shown where to give it, a program is told how. */
export function askForToken(request: IncomingMessage, response: ServerResponse, path: string): void {
  if (request.headers.accept?.includes('text/html') && !path.startsWith('/api/')) {
    response.writeHead(303, { Location: '/login' }).end();
    return;
  }
  const remedy = 'Open /login, or send Authorization: Bearer with the token';
  sendError(response, 401, { error: 'This server needs a token', remedy }, { 'WWW-Authenticate': 'Bearer' });
}

async function tokenIn(request: IncomingMessage): Promise<string> {
  const body = await readBody(request).catch(() => '');
  return new URLSearchParams(body).get('token')?.trim() ?? '';
}
