import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn as signInBeside } from '../api/accounts/open-session.ts';
import { ProblemError } from '../api/problems.ts';
import { AccountsSchema, SessionSchema } from '../api/schemas/index.ts';
import { Browser } from './support/browser.ts';
import { openScene, PASSWORD, type Scene } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const signIn = (name: string, password: string) =>
  new Browser(scene.console.address).post('/v1/session', { name, password });

describe('the one-time link', () => {
  it('makes the first admin, once', async () => {
    expect((await scene.admin.get('/v1/session')).body).toMatchObject({
      account: { name: 'ada', role: 'admin', campaigns: null },
      may: { work: true, lead: true, admin: true },
    });
    const code = (scene.console.firstLink ?? '').split('#')[1];
    const again = await new Browser(scene.console.address).post('/v1/session/welcome', {
      code,
      name: 'eve',
      password: PASSWORD,
    });
    expect(again).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } });
  });

  it('of an invited account serves its own name only, and refuses a short password', async () => {
    const invited = await scene.admin.post('/v1/accounts', { name: 'ben', role: 'analyst', campaigns: null });
    const code = new URL(String(invited.body['link'])).hash.slice(1);
    const post = (body: object) =>
      new Browser(scene.console.address).post('/v1/session/welcome', { code, ...body });
    expect(await post({ name: 'ben', password: 'short' })).toMatchObject({
      status: 400,
      body: { code: 'bad-request', problems: ['body/password: must have at least 12 characters'] },
    });
    expect((await post({ name: 'eve', password: PASSWORD })).status).toBe(401);
    // The refused name has not used the link up.
    expect((await post({ name: 'ben', password: PASSWORD })).status).toBe(200);
  });
});

describe('a session', () => {
  it('begins with the password, and ends on request', async () => {
    await scene.person('cleo', 'analyst');
    expect(await signIn('cleo', 'wrong password')).toMatchObject({
      status: 401,
      body: { code: 'wrong-credentials' },
    });
    const browser = new Browser(scene.console.address);
    const answer = await browser.post('/v1/session', { name: 'CLEO', password: PASSWORD });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^leakwatch=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
    const cookie = browser.headers['cookie'];
    expect((await browser.get('/v1/session')).status).toBe(200);
    expect((await browser.send('DELETE', '/v1/session')).status).toBe(204);
    const stolen = new Browser(scene.console.address, { cookie: cookie ?? '' });
    expect((await stolen.get('/v1/session')).status).toBe(401);
  });

  it('is refused with a forged cookie', async () => {
    for (const cookie of ['leakwatch=', `leakwatch=${'A'.repeat(43)}`, "leakwatch=' OR 1=1 --"]) {
      const answer = await new Browser(scene.console.address, { cookie }).get('/v1/incidents');
      expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    }
  });

  it('ends when an admin changes the role', async () => {
    const dan = await scene.person('dan', 'analyst');
    const { body } = await dan.get('/v1/session');
    const { account } = SessionSchema.parse(body);
    await scene.admin.send('PATCH', `/v1/accounts/${account.id}`, { role: 'viewer' });
    expect((await dan.get('/v1/session')).status).toBe(401);
    const back = new Browser(scene.console.address);
    await back.post('/v1/session', { name: 'dan', password: PASSWORD });
    expect((await back.get('/v1/session')).body).toMatchObject({
      account: { role: 'viewer' },
      may: { work: false },
    });
  });

  it('ends by itself', async () => {
    const eli = await scene.person('eli', 'viewer');
    const before = scene.clock.now;
    scene.clock.now = new Date(before.getTime() + 13 * 3_600_000);
    expect((await eli.get('/v1/session')).status).toBe(401);
    scene.clock.now = before;
  });

  it('ends elsewhere when the password changes', async () => {
    const here = await scene.person('fay', 'viewer');
    const there = new Browser(scene.console.address);
    await there.post('/v1/session', { name: 'fay', password: PASSWORD });
    const next = 'another long password';
    expect((await here.post('/v1/session/password', { current: 'wrong', next })).status).toBe(401);
    expect((await here.post('/v1/session/password', { current: PASSWORD, next })).status).toBe(200);
    expect((await there.get('/v1/session')).status).toBe(401);
    expect((await here.get('/v1/session')).status).toBe(200);
    expect((await signIn('fay', next)).status).toBe(200);
  });
});

it('an account is locked after five failures, and opens again', async () => {
  await scene.person('gus', 'viewer');
  for (let n = 0; n < 5; n += 1) expect((await signIn('gus', 'wrong password')).status).toBe(401);
  const locked = await signIn('gus', PASSWORD);
  expect(locked).toMatchObject({ status: 429, body: { code: 'locked-out', retryAfter: 30 } });
  expect(locked.headers.get('retry-after')).toBe('30');
  const before = scene.clock.now;
  scene.clock.now = new Date(before.getTime() + 31_000);
  expect((await signIn('gus', PASSWORD)).status).toBe(200);
  scene.clock.now = before;
});

it('wrong passwords for a change of it count like failed sign-ins, by the account', async () => {
  const here = await scene.person('gil', 'viewer');
  const next = 'another long password';
  const change = (current: string) => here.post('/v1/session/password', { current, next });
  for (let n = 0; n < 3; n += 1) expect((await signIn('gil', 'wrong password')).status).toBe(401);
  for (let n = 0; n < 2; n += 1) expect((await change('wrong password')).status).toBe(401);
  for (const locked of [await change(PASSWORD), await signIn('gil', PASSWORD)]) {
    expect(locked).toMatchObject({ status: 429, body: { code: 'locked-out' } });
  }
  const { rows } = await scene.store.pool.query(
    "SELECT count(*)::integer AS n FROM audit_entry WHERE actor = 'gil' AND action = 'password-refused'",
  );
  expect(rows).toEqual([{ n: 2 }]);
  const before = scene.clock.now;
  scene.clock.now = new Date(before.getTime() + 31_000);
  // The right one opens the account and takes the failures back.
  expect((await change(PASSWORD)).status).toBe(200);
  expect((await signIn('gil', next)).status).toBe(200);
  scene.clock.now = before;
});

it('right passwords at one moment are all let in, whatever their number', async () => {
  await scene.person('hana', 'viewer');
  const options = { store: scene.store, sessionMs: 60_000, clock: () => scene.clock.now };
  for (let n = 0; n < 4; n += 1) expect((await signIn('hana', 'wrong password')).status).toBe(401);
  const all = Array.from({ length: 12 }, () => signInBeside(options, { name: 'Hana', password: PASSWORD }));
  expect((await Promise.all(all)).filter((secret) => secret !== '')).toHaveLength(12);
});

it('of many sign-ins at once, no more than five are looked at before the account is locked', async () => {
  await scene.person('hugo', 'viewer');
  // Beside the route, which lets an address try thirty times a minute.
  const options = { store: scene.store, sessionMs: 60_000, clock: () => scene.clock.now };
  const attempt = (password: string) =>
    signInBeside(options, { name: 'hugo', password }).then(
      () => 'signed-in',
      (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
    );
  // A good sign-in takes its attempt back, and those before it.
  for (let round = 0; round < 2; round += 1) {
    for (let n = 0; n < 4; n += 1) expect(await attempt('wrong password')).toBe('wrong-credentials');
    expect(await attempt(PASSWORD)).toBe('signed-in');
  }
  const codes = await Promise.all(Array.from({ length: 40 }, () => attempt('wrong password')));
  expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
  expect(codes.filter((code) => code === 'locked-out')).toHaveLength(35);
  expect(await attempt(PASSWORD)).toBe('locked-out');
});

describe('an account', () => {
  const add = (body: object) =>
    scene.admin.post('/v1/accounts', { role: 'viewer', campaigns: null, ...body });

  it.each([
    ['Me', 'is a word that leakwatch uses itself'],
    ['nobody', 'is a word that leakwatch uses itself'],
    ['leakwatch', 'is a word that leakwatch uses itself'],
    ['\u3164ben', 'must have no invisible characters'],
    ['ben\u115F', 'must have no invisible characters'],
    ['ghost\u202Eevil', 'must have no invisible characters'],
    ['tab\tby', 'must be letters, digits, or . _ @ -'],
    ['p\u0430ul', 'must be in the letters of one alphabet'],
    ['\uFF41da', 'must be in plain letters'],
  ])('is not named %j', async (name, message) => {
    const { status, body } = await add({ name });
    expect(status).toBe(400);
    expect(body['problems']).toContain(`body/name: ${message}`);
  });

  it.each(['Иван', '王芳', 'René', 'иван@example.org'])('may be named %s', async (name) => {
    expect(await add({ name })).toMatchObject({ status: 200, body: { account: { name } } });
  });

  it('has each of its campaigns once, and none that there is not', async () => {
    const strange = await add({ name: 'kim', campaigns: ['aurora', 'nowhere'] });
    expect(strange).toMatchObject({
      status: 400,
      body: { problems: ['body/campaigns: there is no campaign `nowhere`'] },
    });
    const added = await add({ name: 'kim', campaigns: ['aurora', 'aurora'] });
    expect(added.body).toMatchObject({ account: { campaigns: ['aurora'] } });
    const { items } = AccountsSchema.parse((await scene.admin.get('/v1/accounts')).body);
    const path = `/v1/accounts/${items.find(({ name }) => name === 'kim')?.id ?? 0}`;
    expect((await scene.admin.send('PATCH', path, { campaigns: ['nowhere'] })).status).toBe(400);
    const changed = await scene.admin.send('PATCH', path, {
      campaigns: ['borealis', 'aurora', 'borealis'],
    });
    expect(changed.body).toMatchObject({ campaigns: ['borealis', 'aurora'] });
  });
});

describe('admins', () => {
  const idOf = async (browser: Browser) =>
    SessionSchema.parse((await browser.get('/v1/session')).body).account.id;

  it('that disable each other at once leave one of them', async () => {
    const [ivo, jan] = [await scene.person('ivo', 'admin'), await scene.person('jan', 'admin')];
    const [ivos, jans] = [await idOf(ivo), await idOf(jan)];
    const change = { role: 'viewer', campaigns: null, disabled: true };
    const asked = await scene.store.transaction(async (tx) => {
      // Nothing is changed until both were let in with the rights of before.
      await tx.query('LOCK TABLE console_account IN SHARE MODE');
      const both = [
        ivo.send('PATCH', `/v1/accounts/${jans}`, change),
        jan.send('PATCH', `/v1/accounts/${ivos}`, change),
      ];
      while ((await waitingForLocks()) < 2) await sleep(10);
      return both;
    });
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 403]);
    const { items } = AccountsSchema.parse((await scene.admin.get('/v1/accounts')).body);
    const left = items.filter(({ id, disabled }) => [ivos, jans].includes(id) && !disabled);
    expect(left).toMatchObject([{ role: 'admin' }]);
  });

  it('of some campaigns change no admin of all', async () => {
    const other = await openScene();
    try {
      const ada = await idOf(other.admin);
      const kai = await other.person('kai', 'admin', ['aurora']);
      const change = (body: object) => kai.send('PATCH', `/v1/accounts/${ada}`, body);
      for (const body of [{ role: 'lead' }, { campaigns: ['aurora'] }, { disabled: true }]) {
        expect(await change(body)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      }
      expect((await other.admin.get('/v1/session')).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  async function waitingForLocks(): Promise<number> {
    const { rowCount } = await scene.store.pool.query(
      `SELECT FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rowCount ?? 0;
  }
});

it('a change from another site is refused, with or without a cookie', async () => {
  const { cookie = '' } = scene.admin.headers;
  for (const origin of ['http://evil.example', 'null', `${scene.console.address}.evil.example`]) {
    const forged = new Browser(scene.console.address, { cookie, origin });
    const answer = await forged.post('/v1/accounts', { name: 'mallory', role: 'admin', campaigns: null });
    expect(answer).toMatchObject({ status: 403, body: { code: 'cross-site' } });
  }
  const silent = await fetch(`${scene.console.address}/v1/accounts`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(silent.status).toBe(403);
  const { rowCount } = await scene.store.pool.query("SELECT 1 FROM console_account WHERE name = 'mallory'");
  expect(rowCount).toBe(0);
});

describe('a token', () => {
  const withToken = (secret: unknown) =>
    new Browser(scene.console.address, { authorization: `Bearer ${String(secret)}`, origin: '' });

  it('has its scopes at most, makes no other, and can be revoked', async () => {
    const id = await scene.raise();
    const issued = await scene.admin.post('/v1/tokens', { name: 'ci', scopes: ['read'] });
    const program = withToken(issued.body['secret']);
    expect((await program.get(`/v1/incidents/${id}`)).status).toBe(200);
    const move = { version: '1', move: { change: 'acknowledged' } };
    expect((await program.post(`/v1/incidents/${id}/moves`, move)).body).toMatchObject({ code: 'forbidden' });
    expect((await program.post('/v1/tokens', { name: 'more', scopes: ['work'] })).status).toBe(403);
    expect((await program.get('/v1/accounts')).status).toBe(403);
    expect((await program.post('/v1/views', { name: 'v', filter: {} })).status).toBe(403);
    expect((await program.send('DELETE', '/v1/views/v')).status).toBe(403);
    expect((await program.get('/v1/views')).status).toBe(200);
    const { rows } = await scene.store.pool.query('SELECT secret_sha256 FROM console_token');
    expect(JSON.stringify(rows)).not.toContain(issued.body['secret']);
    const list = await scene.admin.get('/v1/tokens');
    expect(list.body).toMatchObject({ items: [{ id: 1, name: 'ci', scopes: ['read'] }] });
    await scene.admin.send('DELETE', '/v1/tokens/1');
    expect((await program.get(`/v1/incidents/${id}`)).status).toBe(401);
  });

  it('expires, and never sees more than its account', async () => {
    const hal = await scene.person('hal', 'analyst', ['borealis']);
    const { body } = await hal.post('/v1/tokens', {
      name: 't',
      scopes: ['read'],
      campaigns: ['aurora', 'borealis'],
      days: 2,
    });
    expect(body).toMatchObject({ token: { campaigns: ['borealis'] } });
    const program = withToken(body['secret']);
    expect((await program.get('/v1/incidents')).body).toMatchObject({ total: 0 });
    const before = scene.clock.now;
    scene.clock.now = new Date(before.getTime() + 3 * 86_400_000);
    expect((await program.get('/v1/incidents')).status).toBe(401);
    scene.clock.now = before;
  });
});

it('every answer names its policy: no inline script, no frame, no referrer', async () => {
  const { headers, text } = await new Browser(scene.console.address).get('/alerts/abc');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/script-src 'self';style-src 'self' 'nonce-[\w+/=]{24}';/);
  expect(policy).not.toContain('unsafe');
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(text).toContain('not built');
});
