import { type AlertEvent } from '@leakwatch/contracts';
import { messageOf } from '@leakwatch/runtime';
import { Webhook } from 'standardwebhooks';
import { type WebhookSettings } from '../config.ts';
import { DeliveryError, type Channel } from './channel.ts';

/**
 * What a webhook says: enough to act, and nothing of the watch list. Whoever may see more follows the link.
 */
export interface WebhookPayload {
  /** `alert.opened`, `alert.occurrence-added`, `alert.content-removed`, `alert.verdict-given` */
  readonly type: `alert.${AlertEvent['change']}`;
  readonly timestamp: string;
  readonly data: {
    readonly alertId: string;
    readonly severity: string;
    readonly tier: number;
    readonly state: string;
    readonly dueAt: string;
    readonly url: string;
  };
}

/**
 * Sends each change as one POST by the Standard Webhooks spec (standardwebhooks.com): `webhook-id` is the event's and stays
 * the same when it is sent again, so that a receiver can tell. Any answer but 2xx is a failure; redirects are not followed, or
 * a receiver's open redirect would be told what only the receiver may know.
 */
export function createWebhookChannel(settings: WebhookSettings, consoleUrl: string): Channel {
  const signer = new Webhook(settings.secret);
  return {
    name: 'webhook',
    timeoutMs: settings.timeoutMs,
    deliver: async (event, traceparent) => {
      const body = JSON.stringify(webhookPayload(event, consoleUrl));
      const sentAt = new Date();
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'leakwatch',
        'webhook-id': event.id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': signer.sign(event.id, sentAt, body),
        ...(traceparent === undefined ? {} : { traceparent }),
      };
      const status = await post(settings, headers, body);
      if (status >= 300 && status < 400)
        throw new DeliveryError(`HTTP ${status}: redirects are not followed`);
      if (status < 200 || status >= 300) throw new DeliveryError(`HTTP ${status}`);
    },
  };
}

export function webhookPayload({ change, at, alert }: AlertEvent, consoleUrl: string): WebhookPayload {
  return {
    type: `alert.${change}`,
    timestamp: at,
    data: {
      alertId: alert.id,
      severity: alert.severity,
      tier: alert.tier,
      state: alert.state,
      dueAt: alert.dueAt,
      url: new URL(`alerts/${alert.id}`, consoleUrl.endsWith('/') ? consoleUrl : `${consoleUrl}/`).href,
    },
  };
}

/** The answer's status, once all of it is there or given up. */
async function post(
  { url, timeoutMs }: WebhookSettings,
  headers: Record<string, string>,
  body: string,
): Promise<number> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw new DeliveryError(describeFailure(error), error);
  }
}

/** `fetch failed` says nothing; its cause does. */
function describeFailure(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : '';
  return `${messageOf(error)}${cause}`;
}
