import { QueueItemSchema, type QueueItem } from '../../api/schemas/index.ts';
import { type Answer, type Browser } from './browser.ts';

export const LEAK = { change: 'verdict-given', verdict: 'confirmed' };

/** An incident as a row of the person's queue. */
export async function itemOf(browser: Browser, id: string): Promise<QueueItem> {
  return QueueItemSchema.parse((await browser.get(`/v1/incidents/${id}/item`)).body);
}

/** Moves an incident as the person sees it now. */
export async function moveAs(browser: Browser, id: string, move: object, more: object = {}): Promise<Answer> {
  const { version } = await itemOf(browser, id);
  return browser.post(`/v1/incidents/${id}/moves`, { version, move, ...more });
}
