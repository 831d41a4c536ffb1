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
  const alerted = judgeAlerts(alerts);
  const unalerted = judgeSamples(silent, { isMiss, standsForOthers: standsForOthers(samples) });
  const estimate = estimateRecall({
    alerted,
    silent: unalerted,
    alertJudge: reviewers.alerts,
    // It is unknown which false leaks would be called this campaign's: none are subtracted.
    sampleJudge: campaignId === null ? reviewers.samples : { ...reviewers.samples, specificity: 1 },
  });
  const isKnown = estimate !== null && estimate.recall !== null;
  return {
    estimate: estimate?.recall ?? null,
    interval: isKnown ? estimate.interval : null,
    // Either side alone says nothing of the share, so the smaller one counts.
    proven: provenAtLeast(
      target,
      isKnown ? estimate.interval : null,
      Math.min(alerted.length, unalerted.length),
    ),
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

/**
 * Tells which answers were chosen by chance. Once nearness chose some and others still wait, only those of the half that
 * stays in drawn order were. If all are answered, it does not matter.
 */
function standsForOthers(samples: readonly SampleOutcome[]): (sample: SampleOutcome) => boolean {
  const isOrdered =
    samples.some(({ shownByNearness }) => shownByNearness) && samples.some(({ verdict }) => verdict === null);
  return ({ inRankedHalf }) => !isOrdered || !inRankedHalf;
}

/** Answers chosen by chance stand for all posts that were drawn with the same probability. */
function judgeSamples(
  samples: readonly SampleOutcome[],
  {
    isMiss,
    standsForOthers: stands,
  }: Record<'isMiss' | 'standsForOthers', (sample: SampleOutcome) => boolean>,
): Judgement[] {
  const weighed = weighJudged(samples, {
    measureOf: ({ probability }) => 1 / probability,
    classOf: ({ probability }) => String(probability),
    isJudged: (sample) => sample.verdict !== null && stands(sample),
  });
  return weighed.map(({ one, weight }) => ({ weight, positive: isMiss(one) }));
}
