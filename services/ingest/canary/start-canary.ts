import { type Lane } from '@leakwatch/contracts';
import { startLoop, type Stoppable } from '@leakwatch/runtime';
import { type IngestContext } from '../context.ts';
import { forgetCanaries } from './queries/forget.ts';
import { giveUpCanaries } from './queries/give-up.ts';
import { takeCanaryTurn } from './queries/take-turn.ts';
import { sendCanary } from './send-canary.ts';

export interface CanarySettings {
  /** Lanes that must find it. With none, no canary is sent. */
  readonly lanes: readonly Lane[];
  readonly intervalMs: number;
  /** A canary without an alert after this time counts as lost. */
  readonly lostAfterMs: number;
}

const KEPT_MS = 24 * 3_600_000;

/** Checks per interval: another process may have sent the last canary and so moved the next turn. */
const LOOKS = 12;

/**
 * Sends the canary once per interval, whichever process comes first. A failed turn is not repeated: the next is an interval
 * later, and the canary that does not arrive shows that something is wrong.
 */
export function startCanary(
  { lanes, intervalMs, lostAfterMs }: CanarySettings,
  context: IngestContext,
): Stoppable {
  const { parts, metrics, logger } = context;
  const { pool } = parts.store;

  if (lanes.length === 0) return { name: 'canary', stop: () => Promise.resolve() };
  const take = async () => {
    for (const lane of await giveUpCanaries(pool, lostAfterMs)) {
      metrics.canaryLost.inc({ lane });
      logger.warn({ lane }, 'a canary raised no alert');
    }
    if (!(await takeCanaryTurn(pool, intervalMs))) return;
    await sendCanary(lanes, context);
    for (const lane of lanes) metrics.canarySent.inc({ lane });
    await forgetCanaries(pool, KEPT_MS);
  };
  const loop = startLoop({
    turn: async (stopping) => {
      if (!stopping.aborted) await take();
      return false;
    },
    pollMs: Math.ceil(intervalMs / LOOKS),
    onError: (error) => {
      metrics.stageFailures.inc({ stage: 'canary', reason: 'not-sent' });
      logger.warn({ error: error.message }, 'the canary could not be sent');
    },
  });
  return { name: 'canary', stop: () => loop.stop() };
}
