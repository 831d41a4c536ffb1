import { type Topic } from '@leakwatch/contracts';
import { integerSetting, loadConfig, SettingsError } from '@leakwatch/runtime';
import { z } from 'zod';
import { checkCron } from './jobs/schedule.ts';

const DAY_MS = 86_400_000;

/** The environment variables of re-scans. */
export const RESCAN_VARIABLES = {
  LEAKWATCH_RESCAN_SHARE: integerSetting({ min: 1, max: 100 }).default(25),
  LEAKWATCH_RESCAN_LIVE_LAG: integerSetting({ min: 1, max: 1_000_000 }).default(200),
  LEAKWATCH_RESCAN_CRON: z.string().optional(),
  LEAKWATCH_RESCAN_TIME_ZONE: z.string().default('UTC'),
  LEAKWATCH_RESCAN_SETTLE_S: integerSetting({ min: 0, max: 3600 }).default(10),
  LEAKWATCH_FINGERPRINT_DAYS: integerSetting({ min: 1, max: 36_500 }).default(365),
  LEAKWATCH_POST_DAYS: integerSetting({ min: 1, max: 36_500 }).default(14),
  LEAKWATCH_LOG_DAYS: integerSetting({ min: 1, max: 36_500 }).default(90),
};

/** Settings of re-scans, from the environment. */
export function loadRescanConfig(env: NodeJS.ProcessEnv) {
  const settings = loadConfig(RESCAN_VARIABLES, env);
  const cron = settings.LEAKWATCH_RESCAN_CRON;
  const timeZone = settings.LEAKWATCH_RESCAN_TIME_ZONE;
  if (cron !== undefined) {
    const problem = checkCron(cron, timeZone);
    if (problem !== null) throw new SettingsError([`LEAKWATCH_RESCAN_CRON: ${problem}`]);
  }
  return {
    /** The largest share of one processor that matching takes while live posts keep up. */
    share: settings.LEAKWATCH_RESCAN_SHARE / 100,
    /** Records that live consumers may lag before re-scans slow down. */
    liveLag: settings.LEAKWATCH_RESCAN_LIVE_LAG,
    /** The schedule of full re-scans; null: none. */
    schedule: cron === undefined ? null : { cron, timeZone },
    /** The time within which every live matcher takes over a new watch list: older posts are history. */
    settleMs: settings.LEAKWATCH_RESCAN_SETTLE_S * 1000,
    /** How long the log in Postgres keeps the records of each topic. */
    keepMs: {
      posts: settings.LEAKWATCH_POST_DAYS * DAY_MS,
      fingerprints: settings.LEAKWATCH_FINGERPRINT_DAYS * DAY_MS,
      detections: settings.LEAKWATCH_LOG_DAYS * DAY_MS,
      alerts: settings.LEAKWATCH_LOG_DAYS * DAY_MS,
      'dead-letters': settings.LEAKWATCH_LOG_DAYS * DAY_MS,
    } satisfies Record<Topic, number>,
  };
}

export type RescanConfig = ReturnType<typeof loadRescanConfig>;
