import { type IngestApp } from '@leakwatch/ingest';
import { type Part } from './part.ts';

/**
 * Sends the canary by an ingest that has been started, as the settings say: it goes the way of a post from its beginning. The
 * demo, and whoever else counts what comes out, goes without this part.
 */
export function startCanaryPart(ingest: IngestApp): Part {
  const canary = ingest.startCanary();
  return { name: 'canary', stop: () => canary.stop(), checks: [], fillGauges: () => Promise.resolve() };
}
