import { type Lane } from '@leakwatch/contracts';
import { FlagSchema, integerSetting, loadConfig } from '@leakwatch/runtime';
import { z } from 'zod';

const MIB = 1024 * 1024;

/** The Standard Webhooks specification asks for 24 to 64 random bytes. */
const SecretSchema = z.string().refine(isSecret, {
  error: 'each secret must be `whsec_` and the base64 of 24 to 64 random bytes',
});

function isSecret(secret: string): boolean {
  const base64 = /^(?:whsec_)?((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(
    secret,
  )?.[1];
  const bytes = Buffer.from(base64 ?? '', 'base64').length;
  return bytes >= 24 && bytes <= 64;
}

/** Secrets separated by spaces: during a rotation both the old and the new one are valid. */
const SecretsSchema = z
  .string()
  .transform((text) => text.trim().split(/\s+/))
  .pipe(z.array(SecretSchema));

/** Lanes that must find the canary; leave out the image lane if none runs. */
const CANARY_LANES: Record<'on' | 'text' | 'off', readonly Lane[]> = {
  on: ['text', 'image'],
  text: ['text'],
  off: [],
};

/** A canary is lost after this time or this many intervals, whichever is longer. */
const CANARY_LOST = { afterMs: 120_000, afterIntervals: 2 };

const POLL_LIMITS = { timeoutMs: 20_000, maxBytes: 4 * MIB };

/** Platforms that ingest polls by itself. */
const POLLED_PLATFORMS = ['feed', 'mastodon', 'bluesky', 'youtube', 'discord'] as const;
/** Those that need no key of the operator. */
const OPEN_PLATFORMS = ['feed', 'mastodon', 'bluesky'] as const;

/** Platforms separated by commas; `none` for none. */
const PlatformsSchema = z
  .string()
  .transform((text) => (text.trim() === 'none' ? [] : text.split(',').map((name) => name.trim())))
  .pipe(z.array(z.enum(POLLED_PLATFORMS, { error: `must name ${POLLED_PLATFORMS.join(', ')} or be none` })));

/** A web address without a path. */
const OriginSchema = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://host' })
  .transform((address) => new URL(address).origin);

/** The address of a WebSocket server, without a path; null for `none`. */
const JetstreamSchema = z
  .string()
  .transform((text) => (text.trim() === 'none' ? null : text.trim()))
  .pipe(z.url({ protocol: /^wss?$/, error: 'must be an address such as wss://host, or none' }).nullable());

/** Variables that ingest reads. */
export const INGEST_VARIABLES = {
  LEAKWATCH_INGEST_BATCH_POSTS: integerSetting({ min: 1, max: 5000 }).default(2000),
  LEAKWATCH_INGEST_BATCH_BYTES: integerSetting({ min: 1, max: 256 * MIB }).default(8 * MIB),
  LEAKWATCH_INGEST_BATCH_WAIT_MS: integerSetting({ min: 0, max: 60_000 }).default(20),
  LEAKWATCH_WEBHOOK_HOST: z.string().optional(),
  LEAKWATCH_WEBHOOK_PORT: integerSetting({ min: 0, max: 65_535 }).optional(),
  LEAKWATCH_WEBHOOK_SECRETS: SecretsSchema.default([]),
  LEAKWATCH_WEBHOOK_UNSIGNED: FlagSchema.default(false),
  LEAKWATCH_WEBHOOK_BODY_BYTES: integerSetting({ min: 1024, max: 64 * MIB }).default(8 * MIB),
  LEAKWATCH_WEBHOOK_BYTES_AT_ONCE: integerSetting({ min: 1024, max: 1024 * MIB }).default(32 * MIB),
  LEAKWATCH_WEBHOOK_DELIVERIES_AT_ONCE: integerSetting({ min: 1, max: 1024 }).default(16),
  LEAKWATCH_WEBHOOK_CONNECTIONS: integerSetting({ min: 1, max: 65_535 }).default(1024),
  LEAKWATCH_WEBHOOK_CONNECTIONS_PER_ADDRESS: integerSetting({ min: 1, max: 65_535 }).default(256),
  LEAKWATCH_WEBHOOK_POSTS: integerSetting({ min: 1, max: 10_000 }).default(1000),
  LEAKWATCH_WEBHOOK_PLATFORM: z.string().trim().min(1).max(200).default('webhook'),
  LEAKWATCH_WEBHOOK_INSTANCE: z.string().trim().min(1).max(200).default('default'),
  LEAKWATCH_FEED_SECONDS: integerSetting({ min: 1, max: 86_400 }).default(120),
  LEAKWATCH_ACCOUNT_SECONDS: integerSetting({ min: 1, max: 86_400 }).default(60),
  LEAKWATCH_POLL_PLATFORMS: PlatformsSchema.default([...OPEN_PLATFORMS]),
  LEAKWATCH_POLL_HOST_PER_MINUTE: integerSetting({ min: 1, max: 6000 }).default(60),
  LEAKWATCH_POLL_ALLOW_PRIVATE: FlagSchema.default(false),
  LEAKWATCH_CREDENTIALS_DIR: z.string().min(1).optional(),
  LEAKWATCH_BLUESKY_RESOLVER: OriginSchema.default('https://public.api.bsky.app'),
  LEAKWATCH_BLUESKY_PLC: OriginSchema.default('https://plc.directory'),
  LEAKWATCH_DISCORD_API: OriginSchema.default('https://discord.com'),
  LEAKWATCH_YOUTUBE_API: OriginSchema.default('https://youtube.googleapis.com'),
  LEAKWATCH_YOUTUBE_UNITS_PER_DAY: integerSetting({ min: 1, max: 100_000_000 }).default(9000),
  LEAKWATCH_YOUTUBE_SECONDS: integerSetting({ min: 1, max: 86_400 }).default(600),
  LEAKWATCH_BLUESKY_JETSTREAM: JetstreamSchema.default('wss://jetstream2.us-east.bsky.network'),
  LEAKWATCH_CANARY: z.enum(['on', 'text', 'off'], { error: 'must be on, text or off' }).default('on'),
  LEAKWATCH_CANARY_SECONDS: integerSetting({ min: 1, max: 3600 }).default(60),
};

/**
 * Reads ingest's settings from the environment.
 * @throws UsageError naming every variable that is wrong
 */
export function loadIngestConfig(env: NodeJS.ProcessEnv) {
  const settings = loadConfig(INGEST_VARIABLES, env);
  const canaryMs = settings.LEAKWATCH_CANARY_SECONDS * 1000;
  return {
    /** A batch ends at this many posts or bytes, or this long after its first post. */
    batch: {
      posts: settings.LEAKWATCH_INGEST_BATCH_POSTS,
      bytes: settings.LEAKWATCH_INGEST_BATCH_BYTES,
      waitMs: settings.LEAKWATCH_INGEST_BATCH_WAIT_MS,
    },
    webhook: {
      /** Null: where all servers of the process listen. */
      host: settings.LEAKWATCH_WEBHOOK_HOST ?? null,
      /** Port of the webhook; without one there is no webhook. 0 takes a free port. */
      port: settings.LEAKWATCH_WEBHOOK_PORT,
      secrets: settings.LEAKWATCH_WEBHOOK_SECRETS,
      /** Takes unsigned posts if there are no secrets. Only safe behind a gateway that authenticates senders. */
      unsigned: settings.LEAKWATCH_WEBHOOK_UNSIGNED,
      bodyBytes: settings.LEAKWATCH_WEBHOOK_BODY_BYTES,
      /** Deliveries read and taken at the same time; others wait. */
      inFlight: {
        bytes: settings.LEAKWATCH_WEBHOOK_BYTES_AT_ONCE,
        requests: settings.LEAKWATCH_WEBHOOK_DELIVERIES_AT_ONCE,
        waiting: settings.LEAKWATCH_WEBHOOK_CONNECTIONS,
      },
      bounds: {
        connections: settings.LEAKWATCH_WEBHOOK_CONNECTIONS,
        connectionsPerAddress: settings.LEAKWATCH_WEBHOOK_CONNECTIONS_PER_ADDRESS,
      },
      /** Limit for one delivery. */
      posts: settings.LEAKWATCH_WEBHOOK_POSTS,
      /** Platform of posts that name none. */
      platform: settings.LEAKWATCH_WEBHOOK_PLATFORM,
      instance: settings.LEAKWATCH_WEBHOOK_INSTANCE,
    },
    polls: {
      platforms: settings.LEAKWATCH_POLL_PLATFORMS,
      feedIntervalMs: settings.LEAKWATCH_FEED_SECONDS * 1000,
      accountIntervalMs: settings.LEAKWATCH_ACCOUNT_SECONDS * 1000,
      perHostMinute: settings.LEAKWATCH_POLL_HOST_PER_MINUTE,
      /** Also polls hosts of loopback and private networks. */
      allowPrivateAddresses: settings.LEAKWATCH_POLL_ALLOW_PRIVATE,
      /** Holds a file for each host that wants a token; null: none does. */
      credentialsDir: settings.LEAKWATCH_CREDENTIALS_DIR ?? null,
      bluesky: {
        resolver: settings.LEAKWATCH_BLUESKY_RESOLVER,
        plc: settings.LEAKWATCH_BLUESKY_PLC,
        /** Tells at once who has posted; null: accounts are only polled. */
        jetstream: settings.LEAKWATCH_BLUESKY_JETSTREAM,
      },
      discord: { api: settings.LEAKWATCH_DISCORD_API },
      youtube: {
        api: settings.LEAKWATCH_YOUTUBE_API,
        /** Calls of the Data API, each a unit, from this process and day. */
        unitsPerDay: settings.LEAKWATCH_YOUTUBE_UNITS_PER_DAY,
        intervalMs: settings.LEAKWATCH_YOUTUBE_SECONDS * 1000,
      },
      ...POLL_LIMITS,
    },
    canary: {
      lanes: CANARY_LANES[settings.LEAKWATCH_CANARY],
      intervalMs: canaryMs,
      lostAfterMs: Math.max(CANARY_LOST.afterMs, CANARY_LOST.afterIntervals * canaryMs),
    },
  };
}

export type IngestConfig = ReturnType<typeof loadIngestConfig>;
