import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { MOST_SEARCH_WORDS, searchWords, type QueueFilter } from '@leakwatch/console/schemas';
import { useEffect, useRef, useState } from 'react';
import { dropAbsent, writeFilter } from '../../data/queue-filter.ts';
import { useSession } from '../../data/session.ts';
import { useKeys } from '../../shell/keys.tsx';
import { words } from '../../words/index.ts';
import { describeFilter } from './describe-filter.ts';
import { FilterPanel } from './filter-panel.tsx';
import styles from './queue.module.css';
import { SavedViews } from './saved-views.tsx';
import { type QueueView } from './use-queue-view.ts';

const TEXTS = words.queue;
const TYPED_MS = 350;

const VIEWS: readonly { name: string; filter: QueueFilter }[] = [
  { name: TEXTS.views.all, filter: {} },
  { name: TEXTS.views.mine, filter: { assignee: ['me'] } },
  { name: TEXTS.views.unassigned, filter: { assignee: ['nobody'] } },
  { name: TEXTS.views.overdue, filter: { overdue: true } },
];

/** Search, filter and views. Each changes the page's address. */
export function FilterBar({ view }: { readonly view: QueueView }) {
  const [isOpen, setIsOpen] = useState(false);
  const { account, may } = useSession();
  const { filter } = view;
  const here = writeFilter(filter).toString();
  const isHere = (other: QueueFilter) => writeFilter(other).toString() === here;
  return (
    <header className={styles.bar}>
      <h1 className="visually-hidden">{TEXTS.title}</h1>
      {/* Whoever may not read the names may not search for them. */}
      {(may.work || !account.redacted) && <Search view={view} />}
      <Button variant="default" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {TEXTS.filter}
      </Button>
      <div className={styles.views}>
        {VIEWS.map(({ name, filter: one }) => (
          <button
            key={name}
            type="button"
            className={styles.view}
            aria-pressed={isHere(one)}
            onClick={() => view.show(one)}
          >
            {name}
          </button>
        ))}
        <SavedViews isHere={isHere} show={view.show} />
      </div>
      <Pills view={view} />
      {isOpen && <FilterPanel view={view} close={() => setIsOpen(false)} />}
    </header>
  );
}

function Search({ view }: { readonly view: QueueView }) {
  const asked = view.filter.q ?? '';
  const [text, setText] = useState(asked);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setText(asked), [asked]);
  useKeys([{ key: '/', label: words.keys.search, run: () => field.current?.focus() }]);
  const isTooMuch = searchWords(text).length > MOST_SEARCH_WORDS;
  const search = useDebouncedCallback((q: string) => {
    if (q.trim() !== asked && searchWords(q).length <= MOST_SEARCH_WORDS)
      view.show(dropAbsent({ ...view.filter, q: q.trim() === '' ? undefined : q.trim() }));
  }, TYPED_MS);
  return (
    <TextInput
      ref={field}
      className={styles.search}
      type="search"
      aria-label={TEXTS.search}
      placeholder={TEXTS.search}
      rightSection={<kbd>/</kbd>}
      value={text}
      error={isTooMuch ? TEXTS.tooManyWords(MOST_SEARCH_WORDS) : undefined}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        search(currentTarget.value);
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape' || key === 'Enter') field.current?.blur();
      }}
    />
  );
}

/** The parts of the filter, each with its way out. */
function Pills({ view }: { readonly view: QueueView }) {
  const parts = describeFilter(view.filter);
  if (parts.length === 0) return null;
  return (
    <ul className={styles.pills}>
      {parts.map(({ label, without }) => (
        <li key={label}>
          {label}
          <button type="button" aria-label={TEXTS.remove(label)} onClick={() => view.show(without)}>
            ×
          </button>
        </li>
      ))}
      <li className={styles.bare}>
        <button type="button" onClick={() => view.show({})}>
          {TEXTS.clearFilter}
        </button>
      </li>
    </ul>
  );
}
