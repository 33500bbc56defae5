import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Sessions } from '../../dashboard/server/sessions.js';
import { readToken, Token, weaknessOf } from '../../dashboard/server/token.js';
import { scratchFolder } from './written-lake.js';

const GOOD = '9f86d081884c7d659a2feaa0c55ad015';

describe('a token', () => {
  test.each([
    ['32 hexadecimal digits', GOOD, null],
    ['31 of them', GOOD.slice(1), /at most 124 bits/],
    ['22 characters of base64url', 'Zk3_aQ9-xV7bTq2LmN8pRw', null],
    ['21 of them', 'Zk3_aQ9-xV7bTq2LmN8pR', /126 bits/],
    ['38 digits', '48213907561239874650123984765012398476', /126 bits/],
    ['nothing', '', /at most 0 bits/],
    ['a long run of one character', 'a'.repeat(64), /repeats/],
    ['words', 'correct horse battery staple, and so on', /spaces/],
  ])('of %s is judged by what must be guessed', (_, token, expected) => {
    const weakness = weaknessOf(token);
    if (expected === null) expect(weakness).toBeNull();
    else expect(weakness).toMatch(expected);
  });

  test('a weak one is refused without being repeated, with the way to make another', async () => {
    const file = join(scratchFolder(), 'token');
    writeFileSync(file, 'hunter2hunter2\n');
    const failure = await readToken(file).then(String, (error: Error) => error.message);
    expect(failure).toMatch(/--token-file: .*128 are needed.*openssl rand -hex 32/);
    expect(failure).not.toContain('hunter2');
  });

  test('a file that is not there is named', async () => {
    await expect(readToken('/nowhere/token')).rejects.toThrow(
      /--token-file: \/nowhere\/token cannot be read \(ENOENT\)/,
    );
  });

  test('the final line break of a file is not part of it', async () => {
    const file = join(scratchFolder(), 'token');
    writeFileSync(file, `${GOOD}\n`);
    expect((await readToken(file)).matches(GOOD)).toBe(true);
  });
});

describe('a session', () => {
  const cookieOf = (header: string | null) => header?.split(';')[0];

  test('is opened by the token only, and its cookie holds nothing of it', () => {
    const sessions = new Sessions(new Token(GOOD), () => 0);
    expect(sessions.open(`${GOOD}x`)).toBeNull();
    const header = sessions.open(GOOD);
    expect(header).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    expect(header).not.toContain(GOOD);
    expect(sessions.admits(undefined, `other=1; ${cookieOf(header)}`)).toBe(true);
  });

  test('ends after a shift, and with the process', () => {
    let now = 0;
    const sessions = new Sessions(new Token(GOOD), () => now);
    const cookie = cookieOf(sessions.open(GOOD));
    now = 43_200_000 - 1;
    expect(sessions.admits(undefined, cookie)).toBe(true);
    now += 1;
    expect(sessions.admits(undefined, cookie)).toBe(false);
    expect(new Sessions(new Token(GOOD), () => 0).admits(undefined, cookie)).toBe(false);
  });

  test.each([undefined, 'vitals_session=', 'vitals_session=9999999999999.x', `vitals_session=${GOOD}`])(
    'a cookie of %j admits nobody',
    (cookie) => {
      expect(new Sessions(new Token(GOOD), () => 0).admits(undefined, cookie)).toBe(false);
    },
  );

  test('a cookie whose time was changed admits nobody', () => {
    const sessions = new Sessions(new Token(GOOD), () => 0);
    const cookie = cookieOf(sessions.open(GOOD))?.replace('=43200000', '=99943200000');
    expect(sessions.admits(undefined, cookie)).toBe(false);
  });

  test('a bearer token admits its holder, and a wrong one nobody, whatever the cookie', () => {
    const sessions = new Sessions(new Token(GOOD), () => 0);
    expect(sessions.admits(`Bearer ${GOOD}`, undefined)).toBe(true);
    expect(sessions.admits('Bearer wrong', cookieOf(sessions.open(GOOD)))).toBe(false);
  });
});
