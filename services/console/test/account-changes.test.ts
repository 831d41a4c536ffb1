import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditSchema, SessionSchema } from '../api/schemas/index.ts';
import { addIdentity } from '../api/single-sign-on/queries/identities.ts';
import { Browser } from './support/browser.ts';
import { openScene, PASSWORD, type Scene } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const signIn = (name: string, password: string) =>
  new Browser(scene.console.address).post('/v1/session', { name, password });

describe('a new one-time link', () => {
  const accountOf = async (browser: Browser) =>
    SessionSchema.parse((await browser.get('/v1/session')).body).account.id;

  it('lets the owner of an account choose a new password, and takes the place of the one before', async () => {
    const nora = await scene.person('nora', 'analyst', ['aurora']);
    const path = `/v1/accounts/${await accountOf(nora)}/link`;
    const codes: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const { status, body } = await scene.admin.post(path, {});
      expect(status).toBe(200);
      expect(body).toMatchObject({ account: { name: 'nora', campaigns: ['aurora'] } });
      codes.push(new URL(String(body['link'])).hash.slice(1));
    }
    // The password of before stands until the link is used.
    expect((await nora.get('/v1/session')).status).toBe(200);
    const next = 'another long password';
    const use = (code: string | undefined) =>
      new Browser(scene.console.address).post('/v1/session/welcome', { code, name: 'nora', password: next });
    expect((await use(codes[0])).status).toBe(401);
    expect((await use(codes[1])).status).toBe(200);
    expect((await use(codes[1])).status).toBe(401);
    expect((await nora.get('/v1/session')).status).toBe(401);
    expect((await signIn('nora', PASSWORD)).status).toBe(401);
    expect((await signIn('nora', next)).status).toBe(200);
    expect(JSON.stringify(await auditOf('link-made'))).toBe(
      JSON.stringify([
        { actor: 'ada', detail: { name: 'nora' } },
        { actor: 'ada', detail: { name: 'nora' } },
      ]),
    );
  });

  it('is an admin’s to make: not for oneself, a disabled account, one of the provider, or none', async () => {
    const olaf = await scene.person('olaf', 'lead');
    const id = await accountOf(olaf);
    const ask = async (browser: Browser, of: number) =>
      (await browser.post(`/v1/accounts/${of}/link`, {})).status;
    expect(await ask(olaf, id)).toBe(403);
    expect(await ask(scene.admin, await accountOf(scene.admin))).toBe(403);
    expect(await ask(scene.admin, 999_999)).toBe(404);
    await scene.admin.send('PATCH', `/v1/accounts/${id}`, { disabled: true });
    expect(await ask(scene.admin, id)).toBe(409);
    await scene.admin.send('PATCH', `/v1/accounts/${id}`, { disabled: false });
    await addIdentity(scene.store.pool, { issuer: 'https://id.example', subject: 'olaf' }, id);
    expect(await ask(scene.admin, id)).toBe(409);
  });
});

it('an admin of some campaigns keeps accounts that see those and no others', async () => {
  const una = await scene.person('una', 'admin', ['aurora']);
  const idOf = async (name: string, campaigns: string[] | null) => {
    const { account } = SessionSchema.parse(
      (await (await scene.person(name, 'analyst', campaigns)).get('/v1/session')).body,
    );
    return account.id;
  };
  const [within, beside, whole] = [
    await idOf('within', ['aurora']),
    await idOf('beside', ['borealis']),
    await idOf('whole', null),
  ];
  const change = async (id: number, body: object) =>
    (await una.send('PATCH', `/v1/accounts/${id}`, body)).status;
  const link = async (id: number) => (await una.post(`/v1/accounts/${id}/link`, {})).status;
  const invite = async (name: string, campaigns: string[] | null) =>
    (await una.post('/v1/accounts', { name, role: 'analyst', campaigns })).status;
  expect([
    await invite('u1', ['aurora']),
    await invite('u2', ['borealis']),
    await invite('u3', null),
  ]).toEqual([200, 403, 403]);
  expect([await link(within), await link(beside), await link(whole)]).toEqual([200, 403, 403]);
  expect([
    await change(within, { role: 'lead' }),
    await change(within, { campaigns: null }),
    await change(whole, { campaigns: ['aurora'] }),
    await change(beside, { disabled: true }),
  ]).toEqual([200, 403, 403, 403]);
});

it('a change of an account is logged with its name, and with its rights before and after', async () => {
  const pia = await scene.person('pia', 'analyst', ['aurora']);
  const { account } = SessionSchema.parse((await pia.get('/v1/session')).body);
  const path = `/v1/accounts/${account.id}`;
  await scene.admin.send('PATCH', path, { role: 'lead', campaigns: ['aurora', 'borealis'] });
  const { items } = AuditSchema.parse((await scene.admin.get('/v1/audit')).body);
  expect(items[0]).toMatchObject({ action: 'account-changed', account: 'pia' });
  expect((await auditOf('account-changed')).at(-1)).toEqual({
    actor: 'ada',
    detail: {
      name: 'pia',
      before: { role: 'analyst', campaigns: ['aurora'], disabled: false },
      after: { role: 'lead', campaigns: ['aurora', 'borealis'], disabled: false },
    },
  });
});

async function auditOf(action: string): Promise<unknown[]> {
  const { rows }: { rows: unknown[] } = await scene.store.pool.query(
    'SELECT actor, detail::json FROM audit_entry WHERE action = $1 ORDER BY seq',
    [action],
  );
  return rows;
}
