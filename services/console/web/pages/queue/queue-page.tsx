import { useMediaQuery } from '@mantine/hooks';
import { type QueuePage as QueueAnswer } from '@leakwatch/console/schemas';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import { useLiveQueue } from '../../data/live-queue.tsx';
import { incidentQuery, useQueue } from '../../data/queue.ts';
import { writeFilter } from '../../data/queue-filter.ts';
import { IncidentView } from '../../incident/incident-view.tsx';
import { VerdictBar } from '../../incident/verdict-bar.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Broken, Empty, Slow } from '../../parts/states.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { words } from '../../words/index.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { QueueList } from './queue-list.tsx';
import styles from './queue.module.css';
import { useCursor } from './use-cursor.ts';
import { useQueueView } from './use-queue-view.ts';
import { useSelection } from './use-selection.ts';

const TEXTS = words.queue;
const SMALL = '(max-width: 900px)';

/** The list of incidents with the one under the cursor beside it. */
export function QueuePage() {
  const view = useQueueView();
  const queue = useQueue(view.filter, view.order);
  const pages = queue.data?.pages;
  const items = useMemo(() => (pages ?? []).flatMap((page) => page.items), [pages]);
  const first = pages?.[0];
  const total = first?.total ?? 0;
  // Rows stay where they are: one that was resolved since is no longer counted in the navigation.
  const left = view.filter.state === undefined ? items.filter(({ state }) => state === 'resolved').length : 0;
  const cursor = useCursor(items);
  const picked = useSelection(view.filter, writeFilter(view.filter).toString(), total);
  const isSmall = useMediaQuery(SMALL);
  const [, navigate] = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const { item } = cursor;
  useEffect(() => {
    document.title = `${TEXTS.title} · ${words.product}`;
  }, []);
  useEffect(() => {
    pane.current?.scrollTo({ top: 0 });
  }, [item?.id]);
  const step = (by: 1 | -1) => {
    box.current?.focus({ preventScroll: true });
    cursor.step(by);
  };
  const openPage = () => {
    if (item !== undefined) navigate(`/alerts/${item.id}`);
  };
  useKeys([
    { key: 'j', label: words.keys.next, run: () => step(1) },
    { key: 'k', label: words.keys.previous, run: () => step(-1) },
    { key: 'ArrowDown', label: '', run: () => step(1) },
    { key: 'ArrowUp', label: '', run: () => step(-1) },
    { key: 'Enter', label: words.keys.open, run: openPage },
    {
      key: 'x',
      label: words.keys.select,
      run: () => {
        if (item !== undefined) picked.toggle(item.id);
      },
    },
  ]);
  const { moveTo } = cursor;
  const open = useCallback(
    (id: string) => {
      moveTo(id);
      if (isSmall) navigate(`/alerts/${id}`);
    },
    [moveTo, isSmall, navigate],
  );
  const loadMore = queue.hasNextPage ? () => void (queue.isFetchingNextPage || queue.fetchNextPage()) : null;
  const reasons =
    useQuery({ ...incidentQuery(item?.id ?? ''), enabled: item !== undefined }).data?.reasons ?? {};
  return (
    <div className={styles.page}>
      <FilterBar view={view} />
      <div className={styles.split}>
        <div className={styles.listSide}>
          <ListHead
            total={total - left}
            left={left}
            order={view.order}
            show={(order) => view.show(view.filter, order)}
          />
          {pages === undefined && queue.error !== null && (
            <Broken error={queue.error} retry={() => void queue.refetch()} />
          )}
          {pages === undefined && queue.error === null && <Slow lines={9} />}
          {first !== undefined && items.length === 0 && <EmptyQueue page={first} />}
          {first !== undefined && items.length > 0 && (
            <QueueList
              items={items}
              total={total}
              groups={first.groups}
              isGrouped={view.order === 'time-left'}
              current={item}
              picked={picked}
              box={box}
              loadMore={loadMore}
              open={open}
            />
          )}
        </div>
        {!isSmall && (
          <section className={styles.paneSide} aria-label={words.incident.title}>
            {/* A region that scrolls must be within reach of the keyboard. */}
            <div
              className={styles.pane}
              ref={pane}
              tabIndex={0}
              role="group"
              aria-label={words.incident.title}
            >
              {item === undefined ? (
                <Empty title={TEXTS.pickOne} />
              ) : (
                <IncidentView key={item.id} item={item} headingLevel={2} />
              )}
            </div>
            {picked.count === 0 && item !== undefined && (
              <VerdictBar key={item.id} item={item} onClosed={cursor.goOn} />
            )}
          </section>
        )}
      </div>
      {picked.count > 0 && (
        <BulkBar picked={picked} total={total} loaded={items.map(({ id }) => id)} reasons={reasons} />
      )}
    </div>
  );
}

function ListHead(props: {
  readonly total: number;
  /** Rows that were resolved since the list was loaded. */
  readonly left: number;
  readonly order: 'time-left' | 'priority' | 'newest';
  readonly show: (order: 'time-left' | 'priority' | 'newest') => void;
}) {
  const { opened, showOpened } = useLiveQueue();
  useKeys(opened > 0 ? [{ key: 'n', label: words.keys.showNew, run: showOpened }] : []);
  return (
    <div className={styles.listHead}>
      <span>
        {TEXTS.total(props.total)}
        {props.left > 0 && ` · ${TEXTS.left(props.left)}`}
      </span>
      <span role="status">
        {opened > 0 && (
          <button type="button" className={styles.new} onClick={showOpened}>
            {TEXTS.new(opened)} <kbd>n</kbd>
          </button>
        )}
      </span>
      <label>
        <span className="visually-hidden">{TEXTS.order}</span>
        <select
          value={props.order}
          onChange={({ currentTarget: { value } }) =>
            props.show(value === 'priority' || value === 'newest' ? value : 'time-left')
          }
        >
          {Object.entries(TEXTS.orders).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function EmptyQueue({ page }: { readonly page: QueueAnswer }) {
  const { lastHeardAt, lastFoundAt } = page;
  return (
    <Empty title={TEXTS.emptyTitle}>
      {lastHeardAt === null ? (
        <p>{TEXTS.neverHeard}</p>
      ) : (
        <p>
          {TEXTS.heard} <Instant at={lastHeardAt} as="ago" />
        </p>
      )}
      {lastFoundAt !== null && (
        <p>
          {TEXTS.found} <Instant at={lastFoundAt} as="ago" />
        </p>
      )}
    </Empty>
  );
}
