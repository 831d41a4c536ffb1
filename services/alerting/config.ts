import { FlagSchema, integerSetting, loadConfig } from '@leakwatch/runtime';
import { z } from 'zod';
import { SenderTokensSchema } from './desk/tips/senders.ts';
import { CHANNEL_VARIABLES, channelSettings } from './tell/channels/channel-settings.ts';
import { DEFAULT_DELIVERY } from './tell/outbox/delivery-settings.ts';

const DAY_MS = 24 * 3_600_000;

/** `instagram=3,blog=30` */
const DaysByPlatformSchema = z
  .string()
  .regex(/^[^\s=,]+=[1-9]\d{0,2}(,[^\s=,]+=[1-9]\d{0,2})*$/, 'must be like `instagram=3,blog=30`')
  .transform((text): Record<string, number> =>
    Object.fromEntries(
      text.split(',').map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), Number(pair.slice(at + 1))];
      }),
    ),
  );

/** Above a half: reviewers no better than a coin tell us nothing. */
const JudgedRightSchema = z.coerce.number().gt(0.5).max(1);

const HttpUrlSchema = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** The environment variables of alerting. */
export const ALERTING_VARIABLES = {
  LEAKWATCH_RULES: z.string().optional(),
  LEAKWATCH_EPISODE_GAP_HOURS: integerSetting({ min: 1, max: 24 * 365 }).default(24),
  LEAKWATCH_ESCALATION_LEVELS: integerSetting({ min: 1, max: 10 }).optional(),
  ...CHANNEL_VARIABLES,
  LEAKWATCH_ROUTES: z.string().optional(),
  LEAKWATCH_DIGEST_HOURS: integerSetting({ min: 0, max: 24 * 31 }).default(24),
  LEAKWATCH_NOTICE_DETAILS: FlagSchema.default(false),
  LEAKWATCH_CONSOLE: FlagSchema.default(true),
  LEAKWATCH_CONSOLE_URL: HttpUrlSchema.optional(),
  LEAKWATCH_TERMINAL_DETAILS: FlagSchema.default(false),
  LEAKWATCH_SUPPRESSED_DAYS: integerSetting({ min: 1, max: 3650 }).default(90),
  LEAKWATCH_EVIDENCE_DAYS: integerSetting({ min: 1, max: 36_500 }).default(400),
  LEAKWATCH_CASE_DAYS: integerSetting({ min: 1, max: 36_500 }).default(1095),
  LEAKWATCH_TIPS_HOST: z.string().optional(),
  LEAKWATCH_TIPS_PORT: integerSetting({ min: 0, max: 65_535 }).optional(),
  LEAKWATCH_TIPS_TOKENS: SenderTokensSchema.default([]),
  LEAKWATCH_TIPS_PER_MINUTE: integerSetting({ min: 1, max: 100_000 }).default(60),
  LEAKWATCH_TIPS_CONTACT_DAYS: integerSetting({ min: 1, max: 3650 }).default(90),
  LEAKWATCH_SAMPLING_SEED: z.string().min(1).default('leakwatch'),
  LEAKWATCH_SAMPLING_SHARE: z.coerce.number().gt(0).max(1).default(0.02),
  LEAKWATCH_REVIEW_ORDER: z.enum(['drawn', 'nearness']).default('drawn'),
  LEAKWATCH_QUIET_DAYS: integerSetting({ min: 1, max: 365 }).default(7),
  LEAKWATCH_QUIET_DAYS_BY_PLATFORM: DaysByPlatformSchema.default({}),
  LEAKWATCH_VERDICT_SENSITIVITY: JudgedRightSchema.default(1),
  LEAKWATCH_VERDICT_SPECIFICITY: JudgedRightSchema.default(1),
  LEAKWATCH_REVIEW_SENSITIVITY: JudgedRightSchema.default(1),
  LEAKWATCH_REVIEW_SPECIFICITY: JudgedRightSchema.default(1),
};

/** The settings of the version before and their names of today. They answer for one version, with a notice. */
export const FORMER_ALERTING_VARIABLES: Readonly<Record<string, keyof typeof ALERTING_VARIABLES>> = {
  LEAKWATCH_REPORTS_PORT: 'LEAKWATCH_TIPS_PORT',
  LEAKWATCH_REPORTS_TOKENS: 'LEAKWATCH_TIPS_TOKENS',
  LEAKWATCH_REPORTS_PER_MINUTE: 'LEAKWATCH_TIPS_PER_MINUTE',
  LEAKWATCH_REPORTS_CONTACT_DAYS: 'LEAKWATCH_TIPS_CONTACT_DAYS',
};

/** Settings of alerting, from the environment. */
export function loadAlertingConfig(env: NodeJS.ProcessEnv) {
  const former = Object.entries(FORMER_ALERTING_VARIABLES).filter(([name]) => (env[name] ?? '') !== '');
  const renamed = Object.fromEntries(former.map(([name, today]) => [today, env[name]]));
  const settings = loadConfig(ALERTING_VARIABLES, { ...renamed, ...env });
  return {
    /** Names that were set as the version before had them, each with its name of today. */
    formerNames: former,
    /** The operator's own ruleset; the built-in one without it. */
    rulesFile: settings.LEAKWATCH_RULES,
    /** The longest gap between two posts of one incident. */
    episodeGapMs: settings.LEAKWATCH_EPISODE_GAP_HOURS * 3_600_000,
    escalation: {
      /** Number of levels that an alert climbs without an answer; null: the number that its tier names. */
      levels: settings.LEAKWATCH_ESCALATION_LEVELS ?? null,
      /** The interval between two searches for passed deadlines. */
      pollMs: 5 * SECOND_MS,
    },
    suppressed: {
      /**
       * How long a detection that raised no alert is kept whole, to try other rules on it. Its reason is kept for good.
       */
      keepMs: settings.LEAKWATCH_SUPPRESSED_DAYS * DAY_MS,
      pollMs: HOUR_MS,
    },
    evidence: {
      /** How long evidence is kept after its alert was resolved. */
      keepMs: settings.LEAKWATCH_EVIDENCE_DAYS * DAY_MS,
      /** The same as for detections without an alert: one of them may raise an alert later. */
      keepUnnamedMs: settings.LEAKWATCH_SUPPRESSED_DAYS * DAY_MS,
      pollMs: HOUR_MS,
    },
    cases: {
      /** How long alerts keep what creators wrote after they were resolved; drawn posts and tips since they came. */
      keepMs: settings.LEAKWATCH_CASE_DAYS * DAY_MS,
      pollMs: HOUR_MS,
    },
    tips: {
      /** Null: where all servers of the process listen. */
      host: settings.LEAKWATCH_TIPS_HOST ?? null,
      /** The port that takes tips; null, or no tokens: none are taken over HTTP. */
      port: settings.LEAKWATCH_TIPS_PORT ?? null,
      tokens: settings.LEAKWATCH_TIPS_TOKENS,
      perMinute: settings.LEAKWATCH_TIPS_PER_MINUTE,
      contactKeepMs: settings.LEAKWATCH_TIPS_CONTACT_DAYS * DAY_MS,
      erasePollMs: HOUR_MS,
      /** The interval between two searches for tips that are due. */
      pollMs: SECOND_MS,
    },
    tiers: {
      /** The interval between two searches for tiers that must be decided again. */
      pollMs: SECOND_MS,
    },
    ...channelSettings(settings),
    /** The operator's file of routes; without it every channel is told of every change. */
    routesFile: settings.LEAKWATCH_ROUTES,
    /** The period of a digest; null: nothing waits for a digest. */
    digestEveryMs: settings.LEAKWATCH_DIGEST_HOURS === 0 ? null : settings.LEAKWATCH_DIGEST_HOURS * HOUR_MS,
    /** True: notices name campaign and creator. */
    noticeDetails: settings.LEAKWATCH_NOTICE_DETAILS,
    /** The console that an analyst's links lead to. */
    consoleUrl: settings.LEAKWATCH_CONSOLE_URL ?? 'http://127.0.0.1:8081',
    /** False: there is none, and links lead to the process's own page about an alert. */
    hasConsole: settings.LEAKWATCH_CONSOLE || settings.LEAKWATCH_CONSOLE_URL !== undefined,
    terminalDetails: settings.LEAKWATCH_TERMINAL_DETAILS,
    sampling: { seed: settings.LEAKWATCH_SAMPLING_SEED, uniformShare: settings.LEAKWATCH_SAMPLING_SHARE },
    /** `nearness`: reviewers get every second drawn post by its nearness to a campaign's brief. */
    reviewOrder: settings.LEAKWATCH_REVIEW_ORDER,
    /** How long an account may be quiet before it counts as stale, by platform. */
    quietMs: (platform: string) =>
      (settings.LEAKWATCH_QUIET_DAYS_BY_PLATFORM[platform] ?? settings.LEAKWATCH_QUIET_DAYS) * DAY_MS,
    /** How often the people who give verdicts are right. */
    reviewers: {
      alerts: {
        sensitivity: settings.LEAKWATCH_VERDICT_SENSITIVITY,
        specificity: settings.LEAKWATCH_VERDICT_SPECIFICITY,
      },
      samples: {
        sensitivity: settings.LEAKWATCH_REVIEW_SENSITIVITY,
        specificity: settings.LEAKWATCH_REVIEW_SPECIFICITY,
      },
    },
    delivery: DEFAULT_DELIVERY,
  };
}

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;

export type AlertingConfig = ReturnType<typeof loadAlertingConfig>;
