import { type Incident } from '@leakwatch/console/schemas';
import { formatInstant, zoneName } from '../lib/format-time.ts';
import { describeSpan } from '../lib/time-left.ts';
import { useNow } from '../parts/now.tsx';
import { words } from '../words/index.ts';
import styles from './incident.module.css';

const TEXTS = words.incident.embargo;

/** When it was posted, now, and when the secret ends: as a line, and in both zones. */
export function EmbargoLine({ embargo }: { readonly embargo: Incident['embargo'] }) {
  const now = useNow();
  const { liftsAt, postedAt, earlyMs, creatorZone } = embargo;
  const zone = creatorZone ?? undefined;
  if (liftsAt === null) {
    return (
      <section className={styles.embargo} aria-label={TEXTS.label}>
        <b>{TEXTS.noDate}</b>
        <div className={styles.ends}>
          <BothZones name={TEXTS.posted} at={postedAt} now={now} zone={zone} />
        </div>
      </section>
    );
  }
  const lift = Date.parse(liftsAt);
  const scale = placeOn(Date.parse(postedAt), now, lift);
  return (
    <section className={styles.embargo} aria-label={TEXTS.label}>
      <b>
        {lift > now ? TEXTS.liftsIn(describeSpan(lift - now, 2)) : TEXTS.lifted(describeSpan(now - lift, 2))}
      </b>
      {earlyMs !== null && (
        <span className={styles.early}>
          {earlyMs > 0 ? TEXTS.early(describeSpan(earlyMs, 2)) : TEXTS.late(describeSpan(earlyMs, 2))}
        </span>
      )}
      <div className={styles.track} aria-hidden="true">
        <span className={styles.secret} style={{ width: `${Math.min(scale.now, scale.lift)}%` }} />
        <i className={styles.posted} style={{ left: `${scale.posted}%` }} title={TEXTS.posted} />
        <i className={styles.now} style={{ left: `${scale.now}%` }} title={TEXTS.now} />
        <i className={styles.lift} style={{ left: `${scale.lift}%` }} title={TEXTS.lifts} />
      </div>
      <div className={styles.ends}>
        <BothZones name={TEXTS.posted} at={postedAt} now={now} zone={zone} />
        <BothZones name={TEXTS.lifts} at={liftsAt} now={now} zone={zone} />
      </div>
    </section>
  );
}

/** Places the three instants on a line, in percent, with some room before the first and after the last. */
function placeOn(posted: number, now: number, lift: number) {
  const first = Math.min(posted, now, lift);
  const length = Math.max(posted, now, lift) - first || 1;
  const place = (at: number) => 8 + ((at - first) / length) * 90;
  return { posted: place(posted), now: place(now), lift: place(lift) };
}

/** The viewer's clock, then the creator's; where that is unknown, UTC. */
function BothZones(props: {
  readonly name: string;
  readonly at: string;
  readonly now: number;
  readonly zone: string | undefined;
}) {
  const { name, at, now, zone } = props;
  const mine = `${formatInstant(at, now)} ${zoneName(at)}`;
  const other = `${formatInstant(at, now, zone ?? 'UTC')} ${zoneName(at, zone ?? 'UTC')}`;
  return (
    <span>
      {name} <time dateTime={at}>{mine}</time>
      {other !== mine && (
        <span className={styles.faint}>
          {' '}
          ({zone === undefined ? other : TEXTS.inZone(TEXTS.creator, other)})
        </span>
      )}
    </span>
  );
}
