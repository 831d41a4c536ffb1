import { type Store } from '@leakwatch/store';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { useToken } from '../accounts/queries/tokens.ts';
import { loadSession, touchSession } from '../accounts/queries/sessions.ts';
import { hashSecret } from '../accounts/secrets.ts';
import { ProblemError } from '../problems.ts';
import { commonCampaigns, rightsOf, type Viewer } from './viewer.ts';

export interface GuardOptions {
  readonly store: Pick<Store, 'pool'>;
  readonly sessionMs: number;
  readonly clock: () => Date;
  /** The origins that pages of the console have. */
  readonly origins: () => ReadonlySet<string>;
  /** True: cookies go over https only. */
  readonly secure: boolean;
}

/** How often a session's last use is written. */
const TOUCH_MS = 60_000;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** Tells who makes a request, and refuses those that come from other sites. */
export class Guard {
  readonly #options: GuardOptions;
  readonly #viewers = new WeakMap<FastifyRequest, Viewer>();

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** @throws ProblemError `not-signed-in` or `cross-site` */
  async admit(request: FastifyRequest): Promise<void> {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer === undefined) this.checkOrigin(request);
    const viewer = bearer === undefined ? await this.#ofCookie(request) : await this.#ofToken(bearer);
    if (viewer === null) throw new ProblemError('not-signed-in');
    this.#viewers.set(request, viewer);
  }

  /** A browser says with every change where its page came from. One that does not is refused. */
  checkOrigin({ method, headers }: FastifyRequest): void {
    if (method === 'GET' || method === 'HEAD') return;
    const { origin } = headers;
    if (origin === undefined || !this.#options.origins().has(origin)) throw new ProblemError('cross-site');
  }

  viewerOf(request: FastifyRequest): Viewer {
    const viewer = this.#viewers.get(request);
    if (viewer === undefined) throw new ProblemError('not-signed-in');
    return viewer;
  }

  /** @throws ProblemError `forbidden` */
  require(request: FastifyRequest, right: keyof Viewer['may']): Viewer {
    const viewer = this.viewerOf(request);
    if (!viewer.may[right]) throw new ProblemError('forbidden');
    return viewer;
  }

  /** A change of the person's own things, which no program makes for them. @throws ProblemError `forbidden` */
  requireSession(request: FastifyRequest): Viewer {
    const viewer = this.viewerOf(request);
    if (viewer.sessionHash === null) throw new ProblemError('forbidden');
    return viewer;
  }

  async #ofCookie(request: FastifyRequest): Promise<Viewer | null> {
    const secret = readCookie(request.headers.cookie ?? '', this.#cookieName);
    if (secret === null || !SECRET.test(secret)) return null;
    const { store, clock, sessionMs } = this.#options;
    const at = clock();
    const sessionHash = hashSecret(secret);
    const session = await loadSession(store.pool, sessionHash, at);
    if (session === null) return null;
    let { expiresAt } = session;
    if (at.getTime() - session.seenAt.getTime() > TOUCH_MS) {
      expiresAt = new Date(at.getTime() + sessionMs);
      await touchSession(store.pool, sessionHash, at, expiresAt);
    }
    const { accountId, name, role, campaigns } = session;
    return { accountId, name, role, campaigns, may: rightsOf(role, null), sessionHash, expiresAt };
  }

  async #ofToken(secret: string): Promise<Viewer | null> {
    const { store, clock } = this.#options;
    const token = await useToken(store.pool, hashSecret(secret), clock());
    if (token === null) return null;
    const { accountId, name, role, expiresAt } = token;
    const campaigns = commonCampaigns(token.accountCampaigns, token.campaigns);
    return {
      accountId,
      name,
      role,
      campaigns,
      may: rightsOf(role, token.scopes),
      sessionHash: null,
      expiresAt,
    };
  }

  get #cookieName(): string {
    return this.#options.secure ? '__Host-leakwatch' : 'leakwatch';
  }

  setCookie(reply: FastifyReply, secret: string): void {
    this.#writeCookie(reply, secret, Math.floor(this.#options.sessionMs / 1000));
  }

  clearCookie(reply: FastifyReply): void {
    this.#writeCookie(reply, '', 0);
  }

  #writeCookie(reply: FastifyReply, value: string, seconds: number): void {
    this.#write(reply, [
      `${this.#cookieName}=${value}`,
      'Path=/',
      'HttpOnly',
      'SameSite=Strict',
      `Max-Age=${seconds}`,
    ]);
  }

  /** Keeps a sign-in that has begun, for the page to which the provider sends people back: Strict would not come along. */
  setPending(reply: FastifyReply, path: string, value: string, seconds: number): void {
    this.#write(reply, [
      `${this.#pendingName}=${value}`,
      `Path=${path}`,
      'HttpOnly',
      'SameSite=Lax',
      `Max-Age=${seconds}`,
    ]);
  }

  readPending(request: FastifyRequest): string | null {
    return readCookie(request.headers.cookie ?? '', this.#pendingName);
  }

  get #pendingName(): string {
    return this.#options.secure ? '__Secure-leakwatch-oidc' : 'leakwatch-oidc';
  }

  #write(reply: FastifyReply, parts: readonly string[]): void {
    reply.header('set-cookie', [...parts, ...(this.#options.secure ? ['Secure'] : [])].join('; '));
  }
}

function readCookie(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
