import { Button, Checkbox, TextInput } from '@mantine/core';
import { type QueueFilter } from '@leakwatch/console/schemas';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { saveView, useChoices } from '../../data/queue.ts';
import { dropAbsent } from '../../data/queue-filter.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { useKeys } from '../../shell/keys.tsx';
import { useToast } from '../../shell/toasts.tsx';
import { words } from '../../words/index.ts';
import styles from './queue.module.css';
import { type QueueView } from './use-queue-view.ts';

const TEXTS = words.queue;
const HOUR_MS = 3_600_000;
const SINCES = { day: 24, week: 7 * 24, month: 30 * 24 };
const TIERS = [1, 2, 3, 4, 5];

type Listed = 'state' | 'severity' | 'tier' | 'campaign' | 'assignee' | 'violation' | 'platform' | 'rule';

/** Every filter of the queue, to be ticked. The list follows at once. */
export function FilterPanel({ view, close }: { readonly view: QueueView; readonly close: () => void }) {
  const { data: choices } = useChoices();
  useKeys([{ key: 'Escape', label: '', run: close }]);
  const { filter } = view;
  const change = (next: Record<string, unknown>) => view.show(dropAbsent({ ...filter, ...next }));
  const list = (key: Listed, options: readonly (readonly [value: string | number, label: string])[]) => (
    <Ticks
      legend={TEXTS.filters[key]}
      options={options}
      ticked={(filter[key] ?? []).map(String)}
      tick={(ticked) =>
        change({ [key]: options.flatMap(([value]) => (ticked.includes(String(value)) ? [value] : [])) })
      }
    />
  );
  const named = (names: readonly string[], say = (name: string) => name) =>
    names.map((name) => [name, say(name)] as const);
  return (
    <div className={styles.panel} role="region" aria-label={TEXTS.filter}>
      {list('state', Object.entries(TEXTS.states))}
      {list('severity', Object.entries(words.severity))}
      {list(
        'tier',
        TIERS.map((tier) => [tier, words.tier(tier)]),
      )}
      {list(
        'campaign',
        (choices?.campaigns ?? []).map(({ id, name }) => [id, name]),
      )}
      {list('assignee', [['me', TEXTS.me], ['nobody', TEXTS.nobody], ...named(choices?.assignees ?? [])])}
      {list(
        'violation',
        Object.entries(words.violation).filter(([key]) => key !== 'other'),
      )}
      {list('platform', named(choices?.platforms ?? [], words.engine.platform))}
      {list('rule', named(choices?.rules ?? [], words.engine.rule))}
      <Group legend={TEXTS.filters.since}>
        {Object.entries(SINCES).map(([key, hours]) => (
          <button
            key={key}
            type="button"
            className={styles.since}
            onClick={() => change({ since: new Date(Date.now() - hours * HOUR_MS).toISOString() })}
          >
            {words.queue.sinces[key === 'day' ? 'day' : key === 'week' ? 'week' : 'month']}
          </button>
        ))}
        <button type="button" className={styles.since} onClick={() => change({ since: undefined })}>
          {TEXTS.sinces.ever}
        </button>
        <Checkbox
          size="xs"
          label={TEXTS.filters.overdue}
          checked={filter.overdue === true}
          onChange={({ currentTarget }) => change({ overdue: currentTarget.checked || undefined })}
        />
        <Checkbox
          size="xs"
          label={TEXTS.filters.snoozed}
          checked={filter.snoozed === true}
          onChange={({ currentTarget }) => change({ snoozed: currentTarget.checked || undefined })}
        />
      </Group>
      <SaveView filter={filter} />
    </div>
  );
}

function Group({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={styles.ticks}>
      <h2 id={id}>{legend}</h2>
      {children}
    </div>
  );
}

function Ticks(props: {
  readonly legend: string;
  readonly options: readonly (readonly [value: string | number, label: string])[];
  readonly ticked: readonly string[];
  readonly tick: (values: readonly string[]) => void;
}) {
  const { legend, options, ticked, tick } = props;
  if (options.length === 0) return null;
  return (
    <Group legend={legend}>
      {options.map(([value, label]) => (
        <Checkbox
          key={value}
          size="xs"
          label={label}
          checked={ticked.includes(String(value))}
          onChange={({ currentTarget }) =>
            tick(
              currentTarget.checked
                ? [...ticked, String(value)]
                : ticked.filter((one) => one !== String(value)),
            )
          }
        />
      ))}
    </Group>
  );
}

function SaveView({ filter }: { readonly filter: QueueFilter }) {
  const [name, setName] = useState('');
  const client = useQueryClient();
  const toast = useToast();
  return (
    <form
      className={styles.ticks}
      onSubmit={(event) => {
        event.preventDefault();
        void saveView(client, name.trim(), filter).then(
          () => setName(''),
          (error: unknown) => toast({ text: describeRefusal(error), isError: true }),
        );
      }}
    >
      <h2>{TEXTS.saveView}</h2>
      <TextInput
        size="xs"
        aria-label={TEXTS.viewName}
        placeholder={TEXTS.viewName}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={name.trim() === ''}>
        {TEXTS.saveView}
      </Button>
    </form>
  );
}
