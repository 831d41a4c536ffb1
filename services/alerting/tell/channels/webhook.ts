import { type AlertChange, type AlertEvent } from '@leakwatch/contracts';
import { Webhook } from 'standardwebhooks';
import { type WebhookSettings } from './channel-settings.ts';
import { type Channel, type Digest } from './channel.ts';
import { describeAlert, describeChange, type Notice, type NoticeSettings } from './notice.ts';
import { postJson } from './post-json.ts';

export interface WebhookPayload {
  /** `alert.opened`, `alert.occurrence-added`, `alert.content-removed`, `alert.verdict-given` … */
  readonly type: `alert.${AlertChange}`;
  readonly timestamp: string;
  readonly data: Notice;
}

interface WebhookDigestPayload {
  readonly type: 'digest';
  /** When its period ended. */
  readonly timestamp: string;
  readonly data: {
    readonly alerts: readonly (Notice & { readonly changes: readonly AlertChange[] })[];
    readonly rescans: Digest['rescans'];
  };
}

/**
 * Sends each change as one POST by the Standard Webhooks spec (standardwebhooks.com). `webhook-id` is the event's id
 * and stays the same when it is sent again, so that a receiver can tell.
 */
export function createWebhookChannel(settings: WebhookSettings, about: NoticeSettings): Channel {
  const signer = new Webhook(settings.secret);
  const send = async (id: string, payload: object, traceparent?: string) => {
    const body = JSON.stringify(payload);
    const sentAt = new Date();
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': signer.sign(id, sentAt, body),
      ...(traceparent === undefined ? {} : { traceparent }),
    };
    await postJson({ ...settings, headers }, body);
  };
  return {
    name: 'webhook',
    timeoutMs: settings.timeoutMs,
    deliver: (event, telling) => send(event.id, webhookPayload(event, about), telling?.traceparent),
    deliverDigest: (digest) => send(digest.id, digestPayload(digest, about)),
  };
}

function webhookPayload(event: AlertEvent, about: NoticeSettings): WebhookPayload {
  return { type: `alert.${event.change}`, timestamp: event.at, data: describeChange(event, about) };
}

function digestPayload({ endsAt, alerts, rescans }: Digest, about: NoticeSettings): WebhookDigestPayload {
  return {
    type: 'digest',
    timestamp: endsAt.toISOString(),
    data: {
      alerts: alerts.map(({ alert, changes }) => ({ ...describeAlert(alert, about), changes })),
      rescans,
    },
  };
}
