import { type QueueItem, type QueuePage } from '@leakwatch/console/schemas';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { groupLines } from '../../lib/group-lines.ts';
import { words } from '../../words/index.ts';
import { QueueRow, rowId } from './queue-row.tsx';
import styles from './queue.module.css';
import { type Picked } from './use-selection.ts';

const TEXTS = words.queue;
const HEADING_PX = 29;
const ROW_PX = 66;
const OVERSCAN = 8;

interface QueueListProps {
  readonly items: readonly QueueItem[];
  readonly total: number;
  readonly groups: QueuePage['groups'];
  readonly isGrouped: boolean;
  readonly current: QueueItem | undefined;
  readonly picked: Picked;
  readonly open: (id: string) => void;
  readonly loadMore: (() => void) | null;
  readonly box: RefObject<HTMLDivElement | null>;
}

/** The list of incidents: only the rows in view stand in the page. */
export function QueueList(props: QueueListProps) {
  const { items, total, groups, isGrouped, current, picked, open, loadMore, box } = props;
  const lines = useMemo(
    () => groupLines(items, ({ group }) => (isGrouped ? group : null)),
    [items, isGrouped],
  );
  const headings = useMemo(
    () => lines.flatMap(({ kind }, index) => (kind === 'heading' ? [index] : [])),
    [lines],
  );
  const sticky = useRef(0);
  const counts = new Map(groups.map(({ group, count }) => [group, count]));
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (lines[index]?.kind === 'heading' ? HEADING_PX : ROW_PX),
    overscan: OVERSCAN,
    getItemKey: (index) => {
      const line = lines[index];
      return line?.kind === 'item' ? line.item.id : `heading-${index}`;
    },
    // The heading of the rows in view stays at the top.
    rangeExtractor: (range: Range) => {
      sticky.current = headings.findLast((index) => index <= range.startIndex) ?? 0;
      return [...new Set([sticky.current, ...defaultRangeExtractor(range)])].toSorted((a, b) => a - b);
    },
    scrollPaddingStart: isGrouped ? HEADING_PX : 0,
  });
  const currentLine = lines.findIndex((line) => line.kind === 'item' && line.item.id === current?.id);
  useEffect(() => {
    if (currentLine !== -1) list.scrollToIndex(currentLine, { align: 'auto' });
    // It follows the cursor, not the rows: they may load while somebody scrolls.
  }, [current?.id]);
  const shown = list.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (loadMore !== null && last >= lines.length - 2 * OVERSCAN) loadMore();
  }, [last, lines.length, loadMore]);
  return (
    <div
      className={styles.list}
      ref={box}
      role="listbox"
      aria-multiselectable="true"
      aria-label={TEXTS.list}
      aria-activedescendant={current === undefined ? undefined : rowId(current.id)}
      tabIndex={0}
    >
      <div className={styles.space} role="presentation" style={{ height: list.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          const isSticky = index === sticky.current;
          if (line.kind === 'heading') {
            if (line.group === null) return null;
            return (
              <div
                key={key}
                role="presentation"
                className={styles.group}
                data-index={index}
                ref={list.measureElement}
                style={isSticky ? { position: 'sticky' } : { transform: `translateY(${start}px)` }}
              >
                {words.group[line.group]} · {(counts.get(line.group) ?? 0).toLocaleString('en')}
              </div>
            );
          }
          return (
            <div
              key={key}
              role="presentation"
              className={styles.place}
              data-index={index}
              ref={list.measureElement}
              style={{ transform: `translateY(${start}px)` }}
            >
              <QueueRow
                item={line.item}
                position={line.index + 1}
                total={total}
                isCurrent={line.item.id === current?.id}
                isSelected={picked.isAll || picked.ids.has(line.item.id)}
                hasSelection={picked.count > 0}
                open={open}
                toggle={picked.toggle}
              />
            </div>
          );
        })}
      </div>
      {loadMore !== null && <p className={styles.loadingMore}>{TEXTS.loadingMore}</p>}
    </div>
  );
}
