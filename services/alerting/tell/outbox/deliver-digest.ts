import { type Store } from '@leakwatch/store';
import { type Channel } from '../channels/channel.ts';
import { claimDigest } from '../queries/claim-digest.ts';
import { finishDigest } from '../queries/finish-digest.ts';
import { attempt, LEASE_MARGIN_MS } from './attempt.ts';
import { type DeliverOptions } from './deliver-events.ts';

/** Delivers a channel's next digest, if one is due. Gives the same as {@link deliverEvents}. */
export async function deliverDigest(
  store: Pick<Store, 'pool'>,
  channel: Channel,
  { metrics, logger, settings }: DeliverOptions,
): Promise<{ attempts: number; delivered: number }> {
  const tell = channel.deliverDigest?.bind(channel);
  if (tell === undefined) return { attempts: 0, delivered: 0 };
  const { name, timeoutMs } = channel;
  const digest = await claimDigest(store.pool, { channel: name, leaseMs: timeoutMs + LEASE_MARGIN_MS });
  if (digest === null) return { attempts: 0, delivered: 0 };
  const outcome = await attempt(() => tell(digest, digest), { ...digest, timeoutMs }, settings);
  await finishDigest(store.pool, digest, outcome);
  metrics.notifications.inc({ channel: name, outcome: outcome.kind });
  const about = { channel: name, digest: digest.id, attempts: digest.attempts };
  if (outcome.kind === 'delivered') {
    logger.debug(about, 'digest delivered');
    return { attempts: 1, delivered: 1 };
  }
  logger.warn({ ...about, outcome: outcome.kind, error: outcome.error }, 'digest not delivered');
  return { attempts: 1, delivered: 0 };
}
