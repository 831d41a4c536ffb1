import { integerSetting, loadConfig, SettingsError } from '@leakwatch/runtime';
import { z } from 'zod';
import { checkCron } from './jobs/schedule.ts';

/** The environment variables of re-scans. */
export const RESCAN_VARIABLES = {
  LEAKWATCH_RESCAN_SHARE: integerSetting({ min: 1, max: 100 }).default(25),
  LEAKWATCH_RESCAN_LIVE_LAG: integerSetting({ min: 1, max: 1_000_000 }).default(200),
  LEAKWATCH_RESCAN_CRON: z.string().optional(),
  LEAKWATCH_RESCAN_TIME_ZONE: z.string().default('UTC'),
  LEAKWATCH_RESCAN_SETTLE_S: integerSetting({ min: 0, max: 3600 }).default(10),
  LEAKWATCH_FINGERPRINT_DAYS: integerSetting({ min: 1, max: 36_500 }).default(365),
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
    /** How long fingerprints are kept. */
    keepMs: settings.LEAKWATCH_FINGERPRINT_DAYS * 86_400_000,
  };
}

export type RescanConfig = ReturnType<typeof loadRescanConfig>;
