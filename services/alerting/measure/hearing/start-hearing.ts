import { startHeartbeat, toError, type Stoppable } from '@leakwatch/runtime';
import { createAccountHearer } from './hear-accounts.ts';
import { createHearing, type HearingOptions } from './hear-posts.ts';
import { HEARING_GROUP, subscribePosts, type PostSubscriptionOptions } from './subscribe-posts.ts';

export type HearingPartOptions = Omit<HearingOptions, 'hearer'> &
  Omit<PostSubscriptionOptions, 'hear' | 'heartbeat'> & {
    /** Hears that posts are no longer taken, for good. */
    readonly onFatal?: (error: Error) => void;
  };

/** Takes registered creators' posts until it is stopped. */
export async function startHearing(options: HearingPartOptions): Promise<Stoppable> {
  const heartbeat = startHeartbeat(options.metrics, HEARING_GROUP);
  const hear = createHearing({ ...options, hearer: createAccountHearer() });
  const subscription = await subscribePosts({ ...options, hear, heartbeat });
  subscription.stopped.catch((error: unknown) => {
    options.onFatal?.(toError(error));
  });
  return {
    name: 'hearing',
    stop: async () => {
      await subscription.close();
      await heartbeat.stop();
    },
  };
}
