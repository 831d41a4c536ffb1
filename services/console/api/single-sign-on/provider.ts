import * as client from 'openid-client';
import { type SingleSignOn } from '../../config.ts';
import { onDemand } from '../on-demand.ts';
import { type Claims } from './read-claims.ts';

/** Kept by the browser between its way to the provider and back. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const TIMEOUT_SECONDS = 10;

/** A company's OpenID Connect provider. Its metadata is read at the first sign-in, and again after a failure. */
export class Provider {
  readonly #settings: SingleSignOn;
  readonly #redirectUri: string;
  readonly #configuration = onDemand(() => this.#discover());

  /** @param redirectUri - the address of this console to which the provider sends people back */
  constructor(settings: SingleSignOn, redirectUri: string) {
    this.#settings = settings;
    this.#redirectUri = redirectUri;
  }

  /** The provider's page for signing in, and what the browser has to bring back. */
  async begin(): Promise<{ readonly url: URL; readonly pending: Pending }> {
    const configuration = await this.#configuration.get();
    const pending = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: this.#settings.scopes,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    return { url, pending };
  }

  /**
   * Exchanges the code for the person's claims: the signed ID token, and what the provider adds to it.
   *
   * @param query - the query string with which the person came back
   * @throws an error of openid-client if the state, the nonce, the signature, the issuer or the audience is wrong
   */
  async finish(
    query: string,
    pending: Pending,
  ): Promise<{ readonly subject: string; readonly claims: Claims }> {
    const configuration = await this.#configuration.get();
    const tokens = await client.authorizationCodeGrant(configuration, new URL(this.#redirectUri + query), {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    });
    const signed = tokens.claims();
    if (signed === undefined) throw new Error('the provider sent no ID token');
    const hasMore = configuration.serverMetadata().userinfo_endpoint !== undefined;
    const more = hasMore ? await client.fetchUserInfo(configuration, tokens.access_token, signed.sub) : {};
    return { subject: signed.sub, claims: { ...more, ...signed } };
  }

  #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const url = new URL(issuer);
    return client.discovery(
      url,
      clientId,
      {},
      clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret),
      {
        timeout: TIMEOUT_SECONDS,
        // The settings allow http on this machine only.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out
        execute: url.protocol === 'http:' ? [client.allowInsecureRequests] : [],
      },
    );
  }
}
