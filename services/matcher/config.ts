import { availableParallelism } from 'node:os';
import { FlagSchema, integerSetting, loadConfig } from '@leakwatch/runtime';
import { z } from 'zod';

/** `80,443` */
const PortsSchema = z
  .string()
  .regex(/^\d{1,5}(,\d{1,5})*$/, 'must be ports, separated by commas')
  .transform((text) => new Set(text.split(',').map(Number)));

const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);

/** Variables that the matcher reads. */
export const MATCHER_VARIABLES = {
  LEAKWATCH_IMAGE_WORKERS: integerSetting({ min: 1, max: 64 }).optional(),
  LEAKWATCH_IMAGE_MEMORY_MB: integerSetting({ min: 512, max: 65_536 }).default(1024),
  LEAKWATCH_MEDIA_POST_MB: integerSetting({ min: 25, max: 500 }).default(100),
  LEAKWATCH_MEDIA_PATIENCE_MS: integerSetting({ min: 50, max: 60_000 }).default(1500),
  LEAKWATCH_MEDIA_TIMEOUT_MS: integerSetting({ min: 100, max: 600_000 }).default(15_000),
  LEAKWATCH_MEDIA_ALLOW_PRIVATE: FlagSchema.default(false),
  LEAKWATCH_MEDIA_PORTS: PortsSchema.optional(),
  LEAKWATCH_SPLIT_MINUTES: integerSetting({ min: 0, max: 1440 }).default(10),
  LEAKWATCH_SPLIT_POSTS: integerSetting({ min: 1, max: 10 }).default(1),
};

/** Reads the matcher's settings from the environment. */
export function loadMatcherConfig(env: NodeJS.ProcessEnv) {
  const settings = loadConfig(MATCHER_VARIABLES, env);
  return {
    /** Leaves one processor for everything else: a caption must not wait for a picture to finish. */
    imageWorkers: settings.LEAKWATCH_IMAGE_WORKERS ?? Math.max(1, availableParallelism() - 1),
    memory: memoryParts(settings.LEAKWATCH_IMAGE_MEMORY_MB, settings.LEAKWATCH_MEDIA_POST_MB),
    /** How far apart two posts may be that share a name. */
    splitGap: { minutes: settings.LEAKWATCH_SPLIT_MINUTES, posts: settings.LEAKWATCH_SPLIT_POSTS },
    media: {
      /** The time for a picture while other posts wait. */
      patienceMs: settings.LEAKWATCH_MEDIA_PATIENCE_MS,
      timeoutMs: settings.LEAKWATCH_MEDIA_TIMEOUT_MS,
      /** Lets media be fetched from loopback and private networks: for your own mirror, never by default. */
      allowPrivateAddresses: settings.LEAKWATCH_MEDIA_ALLOW_PRIVATE,
      /** The ports that a media address may name; null: any, as a mirror of your own may need. */
      ports: settings.LEAKWATCH_MEDIA_PORTS ?? (settings.LEAKWATCH_MEDIA_ALLOW_PRIVATE ? null : WEB_PORTS),
    },
  };
}

/** Divides the memory for pictures: a quarter for files, room for two posts at least, and the rest for decoding them. */
function memoryParts(memoryMb: number, postMb: number) {
  const mediaMb = Math.max(memoryMb / 4, 2 * postMb);
  return {
    postBytes: postMb * MIB,
    mediaBytes: mediaMb * MIB,
    decodingBytes: Math.max(memoryMb - mediaMb, memoryMb / 4) * MIB,
  };
}

const MIB = 1024 * 1024;

export type MatcherConfig = ReturnType<typeof loadMatcherConfig>;
