import { type Performance } from '@leakwatch/console/schemas';
import { type ReactNode } from 'react';
import { formatShare } from '../../lib/format-time.ts';
import { describeDuration } from '../../lib/time-left.ts';
import { Card } from '../../parts/card.tsx';
import { words } from '../../words/index.ts';
import styles from './performance.module.css';

const TEXTS = words.performance;

interface TileProps {
  readonly title: string;
  readonly figure: ReactNode;
  readonly detail: string;
  readonly judgement: string;
  readonly isGood: boolean | null;
}

/** One figure, its doubt, and what follows from it. */
function Tile({ title, figure, detail, judgement, isGood }: TileProps) {
  return (
    <Card title={title} className={styles.tile}>
      <p className={styles.figure}>{figure}</p>
      <p className={styles.detail}>{detail}</p>
      <p className={styles.judgement} data-good={isGood === null ? 'open' : isGood}>
        {judgement}
      </p>
    </Card>
  );
}

type TilesProps = { readonly data: Performance };

function isProven(proven: string): boolean | null {
  return proven === 'not-yet' ? null : proven === 'yes';
}

/** An interval and the number of cases: no rate stands without them. */
function describeDoubt(interval: { low: number; high: number } | null, n: number): string {
  if (interval === null) return TEXTS.n(n);
  return `${TEXTS.interval(formatShare(interval.low), formatShare(interval.high))}, ${TEXTS.n(n)}`;
}

export function PrecisionTile({ data }: TilesProps) {
  const all = data.precision.find(({ by }) => by === 'all');
  const precision = all?.precision ?? null;
  const toGo = data.verdictsToGo === null ? null : TEXTS.verdictsToGo(data.verdictsToGo);
  const isOpen = all?.proven === 'not-yet' && toGo !== null;
  return (
    <Tile
      title={TEXTS.precision}
      figure={precision === null ? '—' : formatShare(precision)}
      detail={all === undefined || all.n === 0 ? TEXTS.noVerdict : describeDoubt(all.interval, all.n)}
      judgement={isOpen ? toGo : TEXTS.proven(all?.proven ?? 'not-yet', formatShare(data.target))}
      isGood={isProven(all?.proven ?? 'not-yet')}
    />
  );
}

export function DetectionTile({ data }: TilesProps) {
  const { n, latencyMs, within4h } = data.detection;
  const { share } = within4h;
  if (latencyMs.p50 === null || share === null) {
    return (
      <Tile
        title={TEXTS.detection}
        figure="—"
        detail={TEXTS.n(n)}
        judgement={TEXTS.noDetection}
        isGood={null}
      />
    );
  }
  const tail = latencyMs.p99 === null ? '' : `; ${TEXTS.p99(describeDuration(latencyMs.p99))}`;
  const low = within4h.interval === null ? '' : ` (${describeDoubt(within4h.interval, within4h.n)})`;
  return (
    <Tile
      title={TEXTS.detection}
      figure={describeDuration(latencyMs.p50)}
      detail={`${TEXTS.median}${tail}`}
      judgement={`${TEXTS.within4h(formatShare(share))}${low}`}
      isGood={share >= 0.99}
    />
  );
}

export function RecallTile({ data }: TilesProps) {
  const { estimate, interval, drawn, reviewed, missesFound, proven } = data.recall;
  return (
    <Tile
      title={TEXTS.recall}
      figure={estimate === null ? '—' : formatShare(estimate)}
      detail={
        estimate === null
          ? TEXTS.noRecall
          : `${interval === null ? '' : `${TEXTS.interval(formatShare(interval.low), formatShare(interval.high))}; `}${TEXTS.misses(missesFound)}`
      }
      judgement={TEXTS.drawn(reviewed, drawn)}
      isGood={isProven(proven)}
    />
  );
}

export function CoverageTile({ data }: TilesProps) {
  const { registered, fresh, stale, uncollectable } = data.coverage;
  return (
    <Tile
      title={TEXTS.coverage}
      figure={TEXTS.of(fresh, registered)}
      detail={TEXTS.coverageNote}
      judgement={TEXTS.coverageRest(stale, uncollectable)}
      isGood={registered === 0 ? null : fresh === registered}
    />
  );
}
