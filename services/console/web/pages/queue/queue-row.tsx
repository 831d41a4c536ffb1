import { type QueueItem } from '@leakwatch/console/schemas';
import { memo } from 'react';
import { formatInstant } from '../../lib/format-time.ts';
import { nearFirstMark } from '../../lib/near-first-mark.ts';
import { describeSpan } from '../../lib/time-left.ts';
import { Chip } from '../../parts/chip.tsx';
import { MarkedText } from '../../parts/marked-text.tsx';
import { useNow } from '../../parts/now.tsx';
import { words } from '../../words/index.ts';
import styles from './queue.module.css';

const TEXTS = words.queue;
const MOST_CHIPS = 4;

export const rowId = (id: string) => `incident-${id}`;

interface QueueRowProps {
  readonly item: QueueItem;
  readonly position: number;
  readonly total: number;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly hasSelection: boolean;
  readonly open: (id: string) => void;
  readonly toggle: (id: string) => void;
}

/** One incident of the list. A click opens it; a click on its left edge, or with a modifier, selects it. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { item, isCurrent, isSelected, hasSelection } = props;
  const isDone = item.state === 'resolved';
  return (
    <div
      id={rowId(item.id)}
      className={styles.row}
      role="option"
      aria-selected={isSelected}
      aria-posinset={props.position}
      aria-setsize={props.total}
      data-current={isCurrent}
      data-selected={isSelected}
      data-severity={item.severity}
      data-done={isDone}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) props.toggle(item.id);
        else props.open(item.id);
      }}
    >
      <span
        className={styles.edge}
        data-shown={hasSelection}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          props.toggle(item.id);
        }}
      >
        {isSelected ? '✓' : ''}
      </span>
      <DueTime item={item} />
      <span className={styles.text}>
        <span className={styles.caption} dir="auto">
          {item.excerpt === null ? (
            item.asset !== null && <mark>{TEXTS.pictureOf(item.asset.name)}</mark>
          ) : (
            <MarkedText {...nearFirstMark(item.excerpt.text, item.excerpt.matches)} />
          )}
        </span>
        <Meta item={item} />
      </span>
      {item.thumbnail !== null && (
        <img
          className={styles.thumb}
          src={item.thumbnail}
          alt={TEXTS.picture}
          loading="lazy"
          decoding="async"
        />
      )}
    </div>
  );
});

function DueTime({ item }: { readonly item: QueueItem }) {
  const now = useNow();
  const { due, snoozedUntil, resolution } = item;
  if (resolution !== null) {
    return (
      <span className={styles.due} data-done="true">
        {words.resolution[resolution] ?? resolution}
      </span>
    );
  }
  if (snoozedUntil !== null) {
    return (
      <span className={styles.due} data-done="true">
        {describeSpan(Date.parse(snoozedUntil) - now)}
        <small>{words.group.snoozed.toLowerCase()}</small>
      </span>
    );
  }
  if (due === null) return <span className={styles.due}>—</span>;
  const left = Date.parse(due.at) - now;
  return (
    <span className={styles.due} title={formatInstant(due.at, now)}>
      {left < 0 ? TEXTS.late(describeSpan(left)) : describeSpan(left)}
      <small>{TEXTS.due[due.to]}</small>
    </span>
  );
}

/** A row has no room for the meaning of a tier: it stands at the pointer, and is read aloud. */
function ShortTier({ tier }: { readonly tier: number }) {
  const whole = words.tier(tier);
  return <abbr title={whole}>{words.shortTier(tier)}</abbr>;
}

function Meta({ item }: { readonly item: QueueItem }) {
  const { creator, assignee, regressions, escalationLevel, standing, posts, why } = item;
  const name = creator.registered ? creator.name : `@${creator.handle}`;
  const marks = [
    ...(regressions > 0 ? [TEXTS.regressed(regressions)] : []),
    ...(escalationLevel > 0 ? [TEXTS.escalated(escalationLevel)] : []),
    ...(standing === 'stands' ? [] : [words.standing[standing] ?? standing]),
    ...(posts > 1 ? [words.posts(posts)] : []),
    ...(assignee === null ? [] : [TEXTS.assignee(assignee)]),
  ];
  return (
    <span className={styles.meta}>
      <span className={styles.severity}>{words.severity[item.severity]}</span>
      <b>
        <bdi>{name}</bdi>
      </b>
      <span>
        {words.engine.platform(item.platform)} · {item.campaign.name} ·{' '}
        {creator.registered ? <ShortTier tier={item.tier} /> : words.unregistered}
      </span>
      {[...marks, ...why.map(({ says }) => says)].slice(0, MOST_CHIPS).map((says) => (
        <Chip key={says}>{says}</Chip>
      ))}
    </span>
  );
}
