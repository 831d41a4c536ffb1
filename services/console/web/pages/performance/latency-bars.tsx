import { type Performance } from '@leakwatch/console/schemas';
import { describeDuration } from '../../lib/time-left.ts';
import { words } from '../../words/index.ts';
import styles from './performance.module.css';

const TEXTS = words.performance;
const FOUR_HOURS_MS = 4 * 3_600_000;

/** Detections by how long they took, with the promise of four hours as a line between the bars. */
export function LatencyBars({ latencies }: { readonly latencies: Performance['latencies'] }) {
  const most = Math.max(1, ...latencies.map(({ count }) => count));
  return (
    <ol className={styles.bars} aria-label={TEXTS.distribution}>
      {latencies.map(({ upToMs, count }) => (
        <li key={upToMs ?? 'longer'} data-promise={upToMs === FOUR_HOURS_MS}>
          <span>{upToMs === null ? TEXTS.longer : TEXTS.upTo(describeDuration(upToMs))}</span>
          <span className={styles.barBox}>
            <span
              className={styles.bar}
              data-late={upToMs === null || upToMs > FOUR_HOURS_MS}
              style={{ width: `${(count / most) * 100}%` }}
            />
          </span>
          <b>{count.toLocaleString('en')}</b>
        </li>
      ))}
    </ol>
  );
}
