import { FlagSchema, integerSetting, loadConfig, SettingsError } from '@leakwatch/runtime';
import { z } from 'zod';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
const IssuerSchema = z
  .url({ protocol: /^https?$/, error: 'must be an https address' })
  .refine((url) => new URL(url).protocol === 'https:' || LOOPBACK.has(new URL(url).hostname), {
    error: 'must be an https address; http is for this machine only',
  });

const HttpUrlSchema = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** The environment variables of the console. */
export const CONSOLE_VARIABLES = {
  LEAKWATCH_CONSOLE: FlagSchema.default(true),
  LEAKWATCH_CONSOLE_URL: HttpUrlSchema.default('http://127.0.0.1:8081'),
  LEAKWATCH_CONSOLE_HOST: z.string().default('127.0.0.1'),
  LEAKWATCH_CONSOLE_PORT: integerSetting({ min: 0, max: 65_535 }).default(8081),
  LEAKWATCH_CONSOLE_SESSION_HOURS: integerSetting({ min: 1, max: 24 * 30 }).default(12),
  LEAKWATCH_CONSOLE_REDACT: z
    .enum(['viewers', 'all'], { error: 'must be viewers or all' })
    .default('viewers'),
  LEAKWATCH_CONSOLE_OIDC_ISSUER: IssuerSchema.optional(),
  LEAKWATCH_CONSOLE_OIDC_CLIENT_ID: z.string().optional(),
  LEAKWATCH_CONSOLE_OIDC_CLIENT_SECRET: z.string().optional(),
  LEAKWATCH_CONSOLE_OIDC_SCOPES: z
    .string()
    .regex(/(^| )openid( |$)/, 'must contain openid')
    .default('openid profile email'),
  LEAKWATCH_CONSOLE_OIDC_ROLE_CLAIM: z.string().optional(),
  LEAKWATCH_CONSOLE_OIDC_CAMPAIGN_CLAIM: z.string().optional(),
};

/** Signing in with a provider of the company, by OpenID Connect. */
export interface SingleSignOn {
  readonly issuer: string;
  readonly clientId: string;
  /** Null: the client is public, and proves itself by PKCE alone. */
  readonly clientSecret: string | null;
  readonly scopes: string;
  /** The claims that hold role and campaigns; null: an admin sets them here. */
  readonly roleClaim: string | null;
  readonly campaignClaim: string | null;
}

/** Settings of the console, from the environment. */
export function loadConsoleConfig(env: NodeJS.ProcessEnv) {
  const settings = loadConfig(CONSOLE_VARIABLES, env);
  return {
    /** False: `leakwatch up` starts none. */
    enabled: settings.LEAKWATCH_CONSOLE,
    /** The address that people and notices use; a proxy in front may have another than the server itself. */
    url: settings.LEAKWATCH_CONSOLE_URL,
    host: settings.LEAKWATCH_CONSOLE_HOST,
    /** 0 picks a free port. */
    port: settings.LEAKWATCH_CONSOLE_PORT,
    sessionMs: settings.LEAKWATCH_CONSOLE_SESSION_HOURS * 3_600_000,
    /** For whom terms and pictures are hidden until they reveal them. */
    redact: settings.LEAKWATCH_CONSOLE_REDACT,
    singleSignOn: readSingleSignOn(settings),
  };
}

function readSingleSignOn(settings: z.output<z.ZodObject<typeof CONSOLE_VARIABLES>>): SingleSignOn | null {
  const issuer = settings.LEAKWATCH_CONSOLE_OIDC_ISSUER;
  const clientId = settings.LEAKWATCH_CONSOLE_OIDC_CLIENT_ID;
  if (issuer === undefined && clientId === undefined) return null;
  if (issuer === undefined || clientId === undefined) {
    throw new SettingsError([
      'LEAKWATCH_CONSOLE_OIDC_ISSUER, LEAKWATCH_CONSOLE_OIDC_CLIENT_ID: set both or neither',
    ]);
  }
  return {
    issuer,
    clientId,
    clientSecret: settings.LEAKWATCH_CONSOLE_OIDC_CLIENT_SECRET ?? null,
    scopes: settings.LEAKWATCH_CONSOLE_OIDC_SCOPES,
    roleClaim: settings.LEAKWATCH_CONSOLE_OIDC_ROLE_CLAIM ?? null,
    campaignClaim: settings.LEAKWATCH_CONSOLE_OIDC_CAMPAIGN_CLAIM ?? null,
  };
}

export type ConsoleConfig = ReturnType<typeof loadConsoleConfig>;
