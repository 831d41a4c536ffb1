import { loadAlertingConfig } from '@leakwatch/alerting';
import { nextTip, type Tip } from '@leakwatch/alerting/desk';
import {
  decideSample,
  listReviewSamples,
  nextSample,
  ReviewError,
  type ReviewState,
} from '@leakwatch/alerting/measure';
import { type ReviewVerdict } from '@leakwatch/contracts';
import { readSettings, UsageError } from '@leakwatch/runtime';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment } from '../environment.ts';
import { SampleDecidedSchema } from '../outcomes.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatTip } from '../screen/tips.ts';
import { blindView, formatSample, formatSamples } from '../screen/review.ts';
import { type Screen } from '../screen/screen.ts';
import { describeVerdict } from '../screen/what-next.ts';
import { typedHere } from '../typed.ts';

/** Shows the drawn posts: a table, or a JSON line for each. */
export async function listSamples(
  options: { dataDir: string; state: ReviewState; limit: number; json: boolean },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment(options);
  try {
    tellDataPlace(environment, screen);
    const samples = await listReviewSamples(environment.store.pool, options);
    if (options.json) {
      for (const sample of samples) screen.json(blindView(sample));
    } else if (samples.length === 0) {
      screen.note('none');
    } else {
      screen.result(formatSamples(samples));
      screen.note(`\n${samples.length} shown · review one: ${typedHere('review next')}`);
    }
  } finally {
    await environment.stop();
  }
}

/**
 * Shows the next post to review: first a tip, then drawn posts. It hides why a post was drawn and whether it raised an
 * alert, so that the reviewer judges blind.
 */
export async function showNextSample(
  options: { dataDir: string; by: string; json: boolean },
  screen: Screen,
): Promise<void> {
  const settings = readSettings(
    { environment: loadEnvironmentConfig, alerting: loadAlertingConfig },
    process.env,
  );
  const environment = await openEnvironment({ dataDir: options.dataDir, config: settings.environment });
  try {
    const tip = await nextTip(environment.store.pool, options.by);
    if (tip !== null) {
      showTip(tip, options, screen);
      return;
    }
    const sample = await nextSample(environment.store.pool, options.by, {
      order: settings.alerting.reviewOrder,
    });
    if (sample === null) {
      screen.note('nothing waits for review');
      return;
    }
    if (options.json) screen.json(blindView(sample));
    else screen.result(formatSample(sample));
    screen.note(describeVerdict(`review decide ${sample.threadId.slice(0, 8)}`));
  } finally {
    await environment.stop();
  }
}

function showTip(tip: Tip, { json }: { json: boolean }, screen: Screen): void {
  if (json) screen.json({ tip });
  else screen.result(formatTip(tip));
  screen.note(
    `${describeVerdict(`tips decide ${tip.id.slice(0, 8)}`)}; or, in its place, --dismiss REASON or --alert ID`,
  );
}

export interface DecideOptions {
  readonly dataDir: string;
  readonly verdict: ReviewVerdict;
  readonly campaign?: string;
  readonly minutes?: number;
  readonly by: string;
}

/** Records the verdict on a drawn post, and reports a leak that the detection missed. */
export async function decideOnSample(id: string, options: DecideOptions, screen: Screen): Promise<void> {
  const { verdict, campaign = null, minutes = null, by } = options;
  const environment = await openEnvironment(options);
  try {
    const decided = await decideSample(environment.store.pool, {
      id,
      verdict,
      campaignId: campaign,
      by,
      minutes,
    });
    screen.outcome(
      SampleDecidedSchema,
      { id: decided.id, verdict, minutes: decided.minutes, missed: decided.isMiss },
      `sample ${decided.id.slice(0, 8)}: ${verdict}, ${decided.minutes.toFixed(1)} min`,
    );
    if (decided.isMiss)
      screen.problem(`no alert has this leak; list all of them: ${typedHere('review list --state missed')}`);
  } catch (error) {
    if (error instanceof ReviewError) throw new UsageError(error.message);
    throw error;
  } finally {
    await environment.stop();
  }
}
