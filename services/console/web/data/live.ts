import { LiveEventSchema, type LiveEvent } from '@leakwatch/console/schemas';
import { useEffect, useEffectEvent } from 'react';

const RETRY_MS = [1000, 2000, 5000, 15_000] as const;
const TYPES = ['incident', 'reset', 'signed-out'] as const;

/**
 * Hands over each live event while the page stands. A lost stream is opened again; the browser tells the server the last event
 * that it had, so none is missed.
 */
export function useLiveEvents(
  onEvent: (event: LiveEvent) => void,
  onConnected: (yes: boolean) => void,
): void {
  const hear = useEffectEvent(onEvent);
  const tell = useEffectEvent(onConnected);
  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let wasOpen = false;
    const read = ({ data }: MessageEvent<unknown>) => {
      const event = LiveEventSchema.safeParse(parseJson(data));
      if (event.success) hear(event.data);
    };
    const open = () => {
      source = new EventSource('/v1/events');
      for (const type of TYPES) source.addEventListener(type, read);
      source.addEventListener('open', () => {
        // A new stream does not know the last event: what came between is loaded as a whole.
        if (wasOpen && failures > 0) hear({ type: 'reset' });
        wasOpen = true;
        failures = 0;
        tell(true);
      });
      source.addEventListener('error', () => {
        tell(false);
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(open, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
        failures += 1;
      });
    };
    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, []);
}

function parseJson(data: unknown): unknown {
  if (typeof data !== 'string') return null;
  try {
    const value: unknown = JSON.parse(data);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
