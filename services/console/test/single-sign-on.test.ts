import { SettingsError } from '@leakwatch/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConsoleConfig } from '../config.ts';
import { AuditSchema, SessionSchema } from '../api/schemas/index.ts';
import { Browser } from './support/browser.ts';
import { openCompany, type Company, type SignedIn } from './support/company.ts';
import { openScene, PASSWORD, type Scene } from './support/scene.ts';

const URL_OF_PEOPLE = 'http://console.test';
let company: Company;
let scene: Scene;
beforeAll(async () => {
  company = await openCompany(`${URL_OF_PEOPLE}/v1/session/oidc/callback`);
  scene = await openScene({
    LEAKWATCH_CONSOLE_URL: URL_OF_PEOPLE,
    LEAKWATCH_CONSOLE_OIDC_ISSUER: company.issuer,
    LEAKWATCH_CONSOLE_OIDC_CLIENT_ID: company.clientId,
    LEAKWATCH_CONSOLE_OIDC_CLIENT_SECRET: company.clientSecret,
    LEAKWATCH_CONSOLE_OIDC_ROLE_CLAIM: 'groups',
    LEAKWATCH_CONSOLE_OIDC_CAMPAIGN_CLAIM: 'campaigns',
  });
});
afterAll(async () => {
  await scene.close();
  await company.close();
});

const signIn = (subject: string, to?: string) =>
  company.signIn({ address: scene.console.address, url: URL_OF_PEOPLE }, subject, to);
const browserOf = ({ cookie }: SignedIn) => new Browser(scene.console.address, { cookie });
const sessionOf = async (signedIn: SignedIn) => (await browserOf(signedIn).get('/v1/session')).body;

describe('signing in with a provider', () => {
  it('makes an account by the claims, and leads to the page that was wanted', async () => {
    company.people.set('s-1', {
      preferred_username: 'noor',
      groups: ['admin', 'leakwatch-viewer', 'leakwatch-analyst'],
      campaigns: ['borealis'],
    });
    const first = await signIn('s-1', '/alerts/abc?x=1');
    expect(first.page).toBe('/alerts/abc?x=1');
    expect(await sessionOf(first)).toMatchObject({
      account: { name: 'noor', role: 'analyst', campaigns: ['borealis'] },
      may: { work: true, admin: false },
    });
  });

  it('finds the account again by the subject, whatever the name, and follows the claims', async () => {
    company.people.set('s-2', { preferred_username: 'ines', groups: 'leakwatch-lead', campaigns: '*' });
    const before = await signIn('s-2');
    const { account } = await sessionOf(before);
    expect(account).toMatchObject({ name: 'ines', role: 'lead', campaigns: null });
    company.people.set('s-2', { preferred_username: 'renamed' });
    const after = await signIn('s-2');
    expect(await sessionOf(after)).toMatchObject({
      account: { name: 'ines', role: 'viewer', campaigns: [] },
    });
    // The session with the rights of before has ended.
    expect((await browserOf(before).get('/v1/session')).status).toBe(401);
    const { items } = AuditSchema.parse((await scene.admin.get('/v1/audit')).body);
    expect(items.slice(0, 2)).toMatchObject([
      { action: 'signed-in', actor: 'ines' },
      {
        action: 'account-changed',
        actor: 'ines',
        detail: { name: 'ines', after: { role: 'viewer' }, issuer: company.issuer },
      },
    ]);
  });

  it('never gives a local account to somebody who has its name', async () => {
    company.people.set('s-3', { preferred_username: 'Ada', groups: ['leakwatch-viewer'] });
    const { account } = await sessionOf(await signIn('s-3'));
    expect(account).toMatchObject({ name: 'Ada@127.0.0.1', role: 'viewer' });
    const local = await new Browser(scene.console.address).post('/v1/session', {
      name: 'ada',
      password: PASSWORD,
    });
    expect(local).toMatchObject({ status: 200, body: { account: { name: 'ada', role: 'admin' } } });
  });

  it('gives no account a word of the product as its name, and names each campaign once', async () => {
    company.people.set('s-6', { preferred_username: 'me', campaigns: ['borealis', 'borealis'] });
    expect(await sessionOf(await signIn('s-6'))).toMatchObject({
      account: { name: 'me@127.0.0.1', campaigns: ['borealis'] },
    });
  });

  it('does not let a disabled account in', async () => {
    company.people.set('s-4', { preferred_username: 'omar' });
    const { account } = SessionSchema.parse(await sessionOf(await signIn('s-4')));
    await scene.admin.send('PATCH', `/v1/accounts/${account.id}`, { disabled: true });
    const refused = await signIn('s-4');
    expect(refused).toMatchObject({ page: '/?sign-in=disabled', cookie: '' });
  });

  it('refuses a way back that this browser has not begun, another state, and a code used twice', async () => {
    company.people.set('s-5', { preferred_username: 'pia' });
    const { callback } = await signIn('s-5');
    const back = async (path: string, cookie: string) => {
      const answer = await fetch(scene.console.address + path, { redirect: 'manual', headers: { cookie } });
      expect(answer.headers.getSetCookie().join()).not.toMatch(/(^|,)leakwatch=/);
      return answer.headers.get('location');
    };
    expect(await back(callback.path, '')).toBe('/?sign-in=not-begun');
    expect(await back(callback.path, 'leakwatch-oidc=bm9uc2Vuc2U')).toBe('/?sign-in=not-begun');
    const otherState = callback.path.replace(/state=[^&]+/, 'state=forged');
    expect(await back(otherState, callback.cookie)).toBe('/?sign-in=refused');
    expect(await back(callback.path, callback.cookie)).toBe('/?sign-in=refused');
    expect(await back('/v1/session/oidc/callback?error=access_denied', callback.cookie)).toBe(
      '/?sign-in=refused',
    );
  });

  it.each(['//evil.example', 'https://evil.example/', '/\\evil.example', 'queue'])(
    'leads to no other site: %s',
    async (to) => {
      const path = `/v1/session/oidc?to=${encodeURIComponent(to)}`;
      expect((await fetch(scene.console.address + path, { redirect: 'manual' })).status).toBe(400);
    },
  );
});

it('a provider that does not answer is said, and local accounts still get in', async () => {
  const late = await openCompany(`${URL_OF_PEOPLE}/v1/session/oidc/callback`);
  await late.close();
  const other = await openScene({
    LEAKWATCH_CONSOLE_OIDC_ISSUER: late.issuer,
    LEAKWATCH_CONSOLE_OIDC_CLIENT_ID: 'leakwatch',
  });
  try {
    const begin = () => fetch(`${other.console.address}/v1/session/oidc`, { redirect: 'manual' });
    expect((await begin()).headers.get('location')).toBe('/?sign-in=unavailable');
    expect((await other.admin.get('/v1/session/methods')).body).toEqual({ oidc: true });
    expect((await other.admin.get('/v1/session')).status).toBe(200);
  } finally {
    await other.close();
  }
});

describe('the settings', () => {
  it.each([
    [{ LEAKWATCH_CONSOLE_OIDC_ISSUER: 'https://id.example' }, 'set both or neither'],
    [{ LEAKWATCH_CONSOLE_OIDC_CLIENT_ID: 'x' }, 'set both or neither'],
    [{ LEAKWATCH_CONSOLE_OIDC_ISSUER: 'http://id.example' }, 'must be an https address'],
    [{ LEAKWATCH_CONSOLE_OIDC_SCOPES: 'profile' }, 'must contain openid'],
  ])('%j are refused', (env, message) => {
    expect(() => loadConsoleConfig(env)).toThrow(SettingsError);
    expect(() => loadConsoleConfig(env)).toThrow(message);
  });

  it('give no provider by default', () => {
    expect(loadConsoleConfig({}).singleSignOn).toBeNull();
  });
});
