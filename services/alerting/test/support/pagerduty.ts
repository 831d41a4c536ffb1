import { z } from 'zod';
import { openHttpReceiver } from './http-receiver.ts';

/** After developer.pagerduty.com/docs/events-api-v2/trigger-events. */
const PagerDutyRoutingSchema = { routing_key: z.string().length(32), dedup_key: z.string().min(1).max(255) };
export const PagerDutySchema = z.discriminatedUnion('event_action', [
  z.strictObject({
    ...PagerDutyRoutingSchema,
    event_action: z.literal('trigger'),
    client: z.string(),
    client_url: z.url(),
    links: z.array(z.strictObject({ href: z.url(), text: z.string() })),
    payload: z.strictObject({
      summary: z.string().min(1).max(1024),
      source: z.string().min(1),
      severity: z.enum(['critical', 'warning', 'error', 'info']),
      timestamp: z.iso.datetime(),
      custom_details: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  }),
  z.strictObject({ ...PagerDutyRoutingSchema, event_action: z.enum(['acknowledge', 'resolve']) }),
]);
export const ROUTING_KEY = 'k'.repeat(32);

export interface PagerDuty {
  readonly url: string;
  /** The key of each call, in order. */
  calls(): string[];
  /** The current state by key. */
  incidents(): Record<string, 'triggered' | 'acknowledged' | 'resolved'>;
  close(): Promise<void>;
}

/**
 * Treats events like PagerDuty: a trigger merges into the unresolved incident with its key and makes no call; an event
 * without an open incident is dropped.
 */
export async function openPagerDuty(): Promise<PagerDuty> {
  const receiver = await openHttpReceiver(PagerDutySchema);
  const play = () => {
    const calls: string[] = [];
    const incidents: ReturnType<PagerDuty['incidents']> = {};
    for (const { event_action: action, dedup_key: key } of receiver.accepted) {
      const isOpen = incidents[key] !== undefined && incidents[key] !== 'resolved';
      if (action === 'trigger' && !isOpen) {
        incidents[key] = 'triggered';
        calls.push(key);
      }
      if (action === 'acknowledge' && isOpen) incidents[key] = 'acknowledged';
      if (action === 'resolve' && isOpen) incidents[key] = 'resolved';
    }
    return { calls, incidents };
  };
  return {
    url: receiver.url,
    calls: () => play().calls,
    incidents: () => play().incidents,
    close: () => receiver.close(),
  };
}
