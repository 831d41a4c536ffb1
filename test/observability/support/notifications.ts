import { setTimeout as sleep } from 'node:timers/promises';
import { type Prometheus } from './start-prometheus.ts';

/** What on-call staff are told: an alert each time that it begins to fire, so one that flaps is told again. */
export interface Notifications {
  /** Those since the last call, such as `page LeakwatchDown`. */
  take(): string[];
  stop(): Promise<void>;
}

const LOOK_MS = 500;

export function watchNotifications(prometheus: Prometheus): Notifications {
  const stopping = new AbortController();
  let told: string[] = [];
  let firing = new Set<string>();
  const look = async () => {
    const alerts = (await prometheus.alerts()).filter(({ state }) => state === 'firing');
    const keys = alerts.map(({ name, labels }) => [JSON.stringify(labels), name, labels.severity] as const);
    for (const [key, name, severity] of keys) {
      if (!firing.has(key)) told.push(`${severity} ${name}`);
    }
    firing = new Set(keys.map(([key]) => key));
  };
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await sleep(LOOK_MS);
    }
  })();
  // `stop` awaits it and reports its error.
  watching.catch(() => undefined);
  return {
    take: () => {
      const taken = told.toSorted();
      told = [];
      return taken;
    },
    stop: () => {
      stopping.abort();
      return watching;
    },
  };
}
