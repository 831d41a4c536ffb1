import { type QueueItem, type QueuePage } from '@leakwatch/console/schemas';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, type RefObject } from 'react';
import { groupLines } from '../../lib/group-lines.ts';
import { words } from '../../words/index.ts';
import { QueueRow, rowId } from './queue-row.tsx';
import styles from './queue.module.css';
import { type Picked } from './use-selection.ts';

const TEXTS = words.queue;
const HEADING_PX = 29;
/** Two lines of caption and one of facts. All rows are as high: nothing is measured while somebody scrolls. */
const ROW_PX = 81;
const OVERSCAN = 5;
/** Rows before the end of what is loaded at which more are asked for. */
const AHEAD = 16;

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
  const counts = new Map(groups.map(({ group, count }) => [group, count]));
  // Both functions stay the same until the lines change: a new one makes the places of all lines be computed again.
  const estimateSize = useCallback(
    (index: number) => (lines[index]?.kind === 'heading' ? HEADING_PX : ROW_PX),
    [lines],
  );
  const getItemKey = useCallback(
    (index: number) => {
      const line = lines[index];
      return line?.kind === 'item' ? line.item.id : `heading-${index}`;
    },
    [lines],
  );
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize,
    overscan: OVERSCAN,
    getItemKey,
    // The heading of the rows in view stays at the top.
    rangeExtractor: (range: Range) => {
      const heading = headings.findLast((index) => index <= range.startIndex);
      const inView = defaultRangeExtractor(range);
      return heading === undefined ? inView : [...new Set([heading, ...inView])].toSorted((a, b) => a - b);
    },
    scrollPaddingStart: isGrouped ? HEADING_PX : 0,
    // Rows are drawn after the frame that scrolled, not within it.
    useFlushSync: false,
  });
  const currentLine = lines.findIndex((line) => line.kind === 'item' && line.item.id === current?.id);
  useEffect(() => {
    if (currentLine !== -1) list.scrollToIndex(currentLine, { align: 'auto' });
    // It follows the cursor, not the rows: they may load while somebody scrolls.
  }, [current?.id]);
  const shown = list.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (loadMore !== null && last >= lines.length - AHEAD) loadMore();
  }, [last, lines.length, loadMore]);
  // The lines stand one below the other. The first may be the heading of the second from far above.
  const [first, second] = shown;
  const top = second === undefined ? (first?.start ?? 0) : second.start - (first?.size ?? 0);
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
        <div className={styles.shown} role="presentation" style={{ top }}>
          {shown.map(({ index, key, size }) => {
            const line = lines[index];
            if (line === undefined) return null;
            return (
              <div
                key={key}
                role="presentation"
                className={line.kind === 'heading' ? styles.group : styles.place}
                style={{ height: size }}
              >
                {line.kind === 'item' ? (
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
                ) : (
                  `${words.group[line.group]} · ${(counts.get(line.group) ?? 0).toLocaleString('en')}`
                )}
              </div>
            );
          })}
        </div>
      </div>
      {loadMore !== null && <p className={styles.loadingMore}>{TEXTS.loadingMore}</p>}
    </div>
  );
}
