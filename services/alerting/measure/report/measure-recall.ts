import { type Report } from '@leakwatch/contracts';
import { estimateRecall, provenAtLeast, weighJudged, type Judgement } from '@leakwatch/estimates';
import { type AlertOutcome } from '../queries/load-alert-outcomes.ts';
import { type SampleOutcome } from '../queries/load-sample-outcomes.ts';
import { type Standard } from './measure-precision.ts';

/**
 * Estimates the share of leaking posts that raised an alert. Verdicts tell it for posts in alerts, samples for the
 * others.
 *
 * @param campaignId - counts only its leaks; null: all
 */
export function measureRecall(
  alerts: readonly AlertOutcome[],
  samples: readonly SampleOutcome[],
  { reviewers, target, campaignId }: Standard & { campaignId: string | null },
): Report['recall'] {
  const silent = samples.filter(({ alerted }) => !alerted);
  const isMiss = ({ verdict, campaignId: of }: SampleOutcome) =>
    verdict === 'leak' && (campaignId === null || of === campaignId);
  const estimate = estimateRecall({
    alerted: judgeAlerts(alerts),
    silent: judgeSamples(silent, isMiss),
    alertJudge: reviewers.alerts,
    // It is unknown which false leaks would be called this campaign's: none are subtracted.
    sampleJudge: campaignId === null ? reviewers.samples : { ...reviewers.samples, specificity: 1 },
  });
  const isKnown = estimate !== null && estimate.recall !== null;
  return {
    estimate: estimate?.recall ?? null,
    interval: isKnown ? estimate.interval : null,
    proven: provenAtLeast(target, isKnown ? estimate.interval : null),
    caught: estimate?.caught.value ?? null,
    missed: estimate?.missed.value ?? null,
    drawn: samples.length,
    reviewed: samples.filter(({ verdict }) => verdict !== null).length,
    missesFound: silent.filter(isMiss).length,
  };
}

/** A verdict counts for all posts of its alert, and for its tier's unjudged alerts. */
function judgeAlerts(alerts: readonly AlertOutcome[]): Judgement[] {
  const weighed = weighJudged(
    alerts.filter(({ posts }) => posts > 0),
    {
      measureOf: ({ posts }) => posts,
      classOf: ({ tier }) => String(tier),
      isJudged: ({ verdict }) => verdict !== null,
    },
  );
  return weighed.map(({ one, weight }) => ({ weight, positive: one.verdict === 'confirmed' }));
}

/** The queue's order is random: reviewed posts stand for all that were drawn with the same probability. */
function judgeSamples(
  samples: readonly SampleOutcome[],
  isMiss: (sample: SampleOutcome) => boolean,
): Judgement[] {
  const weighed = weighJudged(samples, {
    measureOf: ({ probability }) => 1 / probability,
    classOf: ({ probability }) => String(probability),
    isJudged: ({ verdict }) => verdict !== null,
  });
  return weighed.map(({ one, weight }) => ({ weight, positive: isMiss(one) }));
}
