import { type Logger } from '@leakwatch/runtime';
import { type IngestConfig } from '../config.ts';
import { createBlueskyConnector } from './bluesky/bluesky-connector.ts';
import { createDiscordConnector } from './discord/discord-connector.ts';
import { createFeedConnector } from './feeds/feed-connector.ts';
import { createMastodonConnector } from './mastodon/mastodon-connector.ts';
import { type PollingConnector } from './polling/connector.ts';
import { createCredentials } from './polling/credentials.ts';
import { createHosts } from './polling/hosts.ts';
import { createHttpGetter, type HttpLimits } from './polling/http-get.ts';
import { createDailyQuota } from './youtube/daily-quota.ts';
import { createYoutubeConnector } from './youtube/youtube-connector.ts';

export type PollConfig = IngestConfig['polls'] & HttpLimits;

/** Requests to a host that may come at once after a quiet time. */
const BURST = 20;

/** Makes a connector for each platform that the settings have polled. They share what is known of the hosts. */
export function createConnectors(
  config: PollConfig,
  clock: () => Date,
  logger: Pick<Logger, 'warn'>,
): PollingConnector[] {
  const hosts = createHosts(clock, { perMinute: config.perHostMinute, burst: BURST });
  const http = () => createHttpGetter(config, hosts);
  const credentials = createCredentials(config.credentialsDir, () => {
    logger.warn('a token for a source is wrong or expired: `leakwatch sources list` says which');
  });
  const { feedIntervalMs, accountIntervalMs } = config;
  return config.platforms.map((platform) => {
    switch (platform) {
      case 'feed':
        return createFeedConnector(http(), feedIntervalMs);
      case 'mastodon':
        return createMastodonConnector(http(), credentials, {
          intervalMs: accountIntervalMs,
          limits: config,
        });
      case 'bluesky':
        return createBlueskyConnector(http(), config.bluesky, {
          intervalMs: accountIntervalMs,
          jetstream: config.bluesky.jetstream,
          limits: config,
        });
      case 'discord':
        return createDiscordConnector(http(), credentials, {
          api: config.discord.api,
          intervalMs: accountIntervalMs,
        });
      case 'youtube': {
        const { api, unitsPerDay, intervalMs } = config.youtube;
        const takeUnits = createDailyQuota(clock, unitsPerDay);
        return createYoutubeConnector(http(), credentials, { api, takeUnits, intervalMs });
      }
    }
  });
}
