import { type Lane } from '@leakwatch/contracts';
import { messageOf, type Stoppable } from '@leakwatch/runtime';
import { type IngestContext } from '../context.ts';
import { forgetCanaries } from './queries/forget.ts';
import { giveUpCanaries } from './queries/give-up.ts';
import { takeCanaryTurn } from './queries/take-turn.ts';
import { sendCanary } from './send-canary.ts';

export interface CanarySettings {
  /** Lanes that must find it; without any none is sent. */
  readonly lanes: readonly Lane[];
  readonly intervalMs: number;
  /** One that has become no alert after so long counts as lost. */
  readonly lostAfterMs: number;
}

const KEPT_MS = 24 * 3_600_000;

/** How often in an interval a process looks whether it is its turn: another one may have sent the last. */
const LOOKS = 12;

/**
 * Sends the canary on and on. Of several processes one sends it in each interval. A turn that fails is over, the next is an
 * interval later: what keeps it from being sent shows as a canary that does not arrive.
 */
export function startCanary(
  { lanes, intervalMs, lostAfterMs }: CanarySettings,
  context: IngestContext,
): Stoppable {
  const { parts, metrics, logger } = context;
  const { pool } = parts.store;

  const take = async () => {
    for (const lane of await giveUpCanaries(pool, lostAfterMs)) {
      metrics.canaryLost.inc({ lane });
      logger.warn({ lane }, 'a canary has become no alert');
    }
    if (!(await takeCanaryTurn(pool, intervalMs))) return;
    await sendCanary(lanes, context);
    for (const lane of lanes) metrics.canarySent.inc({ lane });
    await forgetCanaries(pool, KEPT_MS);
  };

  if (lanes.length === 0) return { name: 'canary', stop: () => Promise.resolve() };
  let taking: Promise<void> = Promise.resolve();
  let isBusy = false;
  const look = () => {
    if (isBusy) return;
    isBusy = true;
    taking = take()
      .catch((error: unknown) => {
        metrics.stageFailures.inc({ stage: 'canary', reason: 'not-sent' });
        logger.warn({ error: messageOf(error) }, 'the canary could not be sent');
      })
      .finally(() => {
        isBusy = false;
      });
  };
  const timer = setInterval(look, Math.ceil(intervalMs / LOOKS));
  look();
  return {
    name: 'canary',
    stop: () => {
      clearInterval(timer);
      return taking;
    },
  };
}
