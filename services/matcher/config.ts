import { availableParallelism } from 'node:os';
import { FlagSchema, integerSetting, loadConfig } from '@leakwatch/runtime';

/** Variables that the matcher reads. */
export const MATCHER_VARIABLES = {
  LEAKWATCH_IMAGE_WORKERS: integerSetting({ min: 1, max: 64 }).optional(),
  LEAKWATCH_MEDIA_TIMEOUT_MS: integerSetting({ min: 100, max: 600_000 }).default(15_000),
  LEAKWATCH_MEDIA_ALLOW_PRIVATE: FlagSchema.default(false),
  LEAKWATCH_SPLIT_MINUTES: integerSetting({ min: 0, max: 1440 }).default(10),
  LEAKWATCH_SPLIT_POSTS: integerSetting({ min: 1, max: 10 }).default(1),
};

/** Reads the matcher's settings from the environment. */
export function loadMatcherConfig(env: NodeJS.ProcessEnv) {
  const settings = loadConfig(MATCHER_VARIABLES, env);
  return {
    /** Leaves one processor for everything else: a caption must not wait for a picture to finish. */
    imageWorkers: settings.LEAKWATCH_IMAGE_WORKERS ?? Math.max(1, availableParallelism() - 1),
    /** How far apart two posts may be that share a name. */
    splitGap: { minutes: settings.LEAKWATCH_SPLIT_MINUTES, posts: settings.LEAKWATCH_SPLIT_POSTS },
    media: {
      timeoutMs: settings.LEAKWATCH_MEDIA_TIMEOUT_MS,
      /** Lets media be fetched from loopback and private networks: for your own mirror, never by default. */
      allowPrivateAddresses: settings.LEAKWATCH_MEDIA_ALLOW_PRIVATE,
    },
  };
}

export type MatcherConfig = ReturnType<typeof loadMatcherConfig>;
