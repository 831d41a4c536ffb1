import { type Stoppable } from './lifecycle.ts';
import { type Metrics } from './metrics.ts';

export interface Heartbeat extends Stoppable {
  /** While work goes on only its end is a beat: waiting for something to do is healthy, hanging in it is not. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

const BEAT_MS = 5_000;

/** Keeps a stage's heartbeat: it beats while there is nothing to do, and each time that a piece of work is through. */
export function startHeartbeat(metrics: Pick<Metrics, 'heartbeat'>, stage: string): Heartbeat {
  let underWay = 0;
  const beat = () => {
    metrics.heartbeat.setToCurrentTime({ stage });
  };
  const beatWhenIdle = () => {
    if (underWay === 0) beat();
  };
  beat();
  const timer = setInterval(beatWhenIdle, BEAT_MS).unref();
  return {
    name: `heartbeat of ${stage}`,
    during: async (work) => {
      underWay += 1;
      try {
        const done = await work();
        beat();
        return done;
      } finally {
        underWay -= 1;
      }
    },
    stop: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
