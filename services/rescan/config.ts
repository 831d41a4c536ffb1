import { integerSetting, loadConfig, SettingsError } from '@leakwatch/runtime';
import { z } from 'zod';
import { checkCron } from './jobs/schedule.ts';

/** What the environment may say of re-scans. */
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
    /** Of one processor, at most: what matching may take while live posts keep up. */
    share: settings.LEAKWATCH_RESCAN_SHARE / 100,
    /** Records that live consumers may be behind before re-scans stand back. */
    liveLag: settings.LEAKWATCH_RESCAN_LIVE_LAG,
    /** When all of history is scanned again; null: never by itself. */
    schedule: cron === undefined ? null : { cron, timeZone },
    /** How long after a new watch list every live matcher has surely taken it over: what is older is history. */
    settleMs: settings.LEAKWATCH_RESCAN_SETTLE_S * 1000,
    /** How long fingerprints are kept. */
    keepMs: settings.LEAKWATCH_FINGERPRINT_DAYS * 86_400_000,
  };
}

export type RescanConfig = ReturnType<typeof loadRescanConfig>;
