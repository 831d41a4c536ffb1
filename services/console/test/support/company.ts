import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import OidcProvider from 'oidc-provider';
import { z } from 'zod';

/** A real OpenID Connect provider on this machine, with its own pages for signing in. */
export interface Company {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Claims of its people, by subject. Tests change them. */
  readonly people: Map<string, Readonly<Record<string, unknown>>>;
  /**
   * Signs a person in with the console, as a browser does: from the console to the provider, through its forms, and back.
   *
   * @param console - the console's address; `url` is the one that it believes to have
   */
  signIn(console: { address: string; url: string }, subject: string, to?: string): Promise<SignedIn>;
  close(): Promise<void>;
}

export interface SignedIn {
  /** The page of the console where the person ends up. */
  readonly page: string;
  /** The console's session; empty if there is none. */
  readonly cookie: string;
  /** The address with which the provider sent the person back, and the cookies then. */
  readonly callback: { readonly path: string; readonly cookie: string };
}

export async function openCompany(redirectUri: string): Promise<Company> {
  const [clientId, clientSecret] = ['leakwatch', 'a secret of the client, long enough'];
  const people: Company['people'] = new Map();
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${portOf(server.address())}`;
  const provider = new OidcProvider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups', 'campaigns'], email: ['email'] },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: () => ({ ...people.get(subject), sub: subject }),
    }),
  });
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  return {
    issuer,
    clientId,
    clientSecret,
    people,
    signIn: (console, subject, to = '/queue') => walk(console, issuer, subject, to),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function portOf(address: string | AddressInfo | null): number {
  return z.object({ port: z.number() }).parse(address).port;
}

const MOST_STEPS = 20;

async function walk(
  console: { address: string; url: string },
  issuer: string,
  subject: string,
  to: string,
): Promise<SignedIn> {
  const jars = { console: new Map<string, string>(), issuer: new Map<string, string>() };
  const cookieOf = (jar: Map<string, string>) =>
    [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  let callback = { path: '', cookie: '' };
  let at = new URL(`/v1/session/oidc?to=${encodeURIComponent(to)}`, console.address);
  let form: URLSearchParams | null = null;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (at.origin === new URL(console.url).origin) at = new URL(at.pathname + at.search, console.address);
    const isConsole = at.origin === console.address;
    if (isConsole && !at.pathname.startsWith('/v1/')) {
      return { page: at.pathname + at.search, cookie: cookieOf(jars.console), callback };
    }
    const jar = isConsole ? jars.console : jars.issuer;
    if (isConsole && at.pathname.endsWith('/callback')) {
      callback = { path: at.pathname + at.search, cookie: cookieOf(jar) };
    }
    const answer = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: cookieOf(jar) },
      ...(form === null ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get('location');
    form = null;
    if (location !== null) {
      at = new URL(location, at);
      continue;
    }
    // The provider's own pages: first who the person is, then what they allow.
    const html = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1];
    if (action === undefined || prompt === undefined || at.origin !== issuer) {
      throw new Error(`${at.pathname} answered ${answer.status}: ${html.slice(0, 300)}`);
    }
    at = new URL(action, at);
    form = new URLSearchParams({ prompt, login: subject, password: 'any' });
  }
  throw new Error('the way through the provider does not end');
}
