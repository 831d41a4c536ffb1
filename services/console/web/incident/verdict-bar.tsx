import { type Move, type QueueItem, type VerdictKind } from '@leakwatch/console/schemas';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { incidentQuery, useChoices } from '../data/queue.ts';
import { useSession } from '../data/session.ts';
import { ChoicePanel } from '../parts/choice-panel.tsx';
import { type KeyBinding } from '../shell/key-layers.ts';
import { useKeys } from '../shell/keys.tsx';
import { words } from '../words/index.ts';
import styles from './incident.module.css';
import { MergePanel } from './merge-panel.tsx';
import { snoozeChoices } from './snooze-choices.ts';
import { useMoves } from './use-moves.ts';

const TEXTS = words.moves;
const VERDICTS: readonly { kind: VerdictKind; key: string; label: string }[] = [
  { kind: 'confirmed', key: 'l', label: words.keys.leak },
  { kind: 'false-positive', key: 'f', label: words.keys.falseAlarm },
  { kind: 'approved', key: 'p', label: words.keys.approved },
];

type Open = VerdictKind | 'snooze' | 'assign' | 'merge' | null;

/**
 * The moves of one incident, always at the same place, one key each. A verdict asks for a reason that is offered; after it
 * the next incident comes at once.
 */
export function VerdictBar({ item, onClosed }: { readonly item: QueueItem; readonly onClosed: () => void }) {
  const [open, setOpen] = useState<Open>(null);
  const { may, account } = useSession();
  const move = useMoves();
  const make = (one: Move, reason = '', note = '') => {
    setOpen(null);
    const closes = one.change === 'verdict-given' || one.change === 'snoozed' || one.change === 'merged';
    void move(item, { move: one, reason, note }).then((isMade) => {
      if (isMade && closes) onClosed();
    });
  };
  const isResolved = item.state === 'resolved';
  // A verdict that was wrong is corrected by reopening first: one key can't overturn it.
  const verdicts = isResolved ? [] : VERDICTS;
  const isAsleep = item.snoozedUntil !== null;
  const isDuplicate = item.resolution === 'duplicate';
  const buttons: { key: string; label: string; name: string; run: () => void; is: boolean }[] = [
    {
      key: 's',
      label: words.keys.snooze,
      name: isAsleep ? TEXTS['snooze-ended'] : TEXTS.snoozed,
      run: () => (isAsleep ? make({ change: 'snooze-ended' }) : setOpen('snooze')),
      is: !isResolved,
    },
    {
      key: 't',
      label: words.keys.assign,
      name: TEXTS.assigned,
      run: () => setOpen('assign'),
      is: !isResolved,
    },
    {
      key: 'a',
      label: words.keys.acknowledge,
      name: TEXTS.acknowledged,
      run: () => make({ change: 'acknowledged' }),
      is: item.state === 'open',
    },
    {
      key: 'e',
      label: words.keys.work,
      name: TEXTS.work,
      run: () => make({ change: 'work' }),
      is: !isResolved && (item.state !== 'investigating' || item.assignee !== account.name),
    },
    {
      key: 'm',
      label: words.keys.merge,
      name: TEXTS.merged,
      run: () => setOpen('merge'),
      is: !isResolved,
    },
    {
      key: 'u',
      label: isDuplicate ? words.keys.splitOff : words.keys.reopen,
      name: isDuplicate ? TEXTS.splitOff : TEXTS.reopened,
      run: () => make({ change: 'reopened' }),
      is: isResolved,
    },
  ];
  const shown = buttons.filter(({ is }) => is);
  const keys: KeyBinding[] = [
    ...verdicts.map(({ kind, key, label }) => ({ key, label, run: () => setOpen(kind) })),
    ...shown.map(({ key, label, run }) => ({ key, label, run })),
  ];
  useKeys(may.work ? keys : []);
  if (!may.work) return <div className={styles.bar}>{TEXTS.viewer}</div>;
  return (
    <div className={styles.bar} role="toolbar" aria-label={TEXTS.bar}>
      {open !== null && (
        <div className={styles.over}>
          <OpenPanel open={open} item={item} make={make} close={() => setOpen(null)} />
        </div>
      )}
      {verdicts.map(({ kind, key }) => (
        <button
          key={kind}
          type="button"
          className={styles.button}
          data-primary={kind === 'confirmed'}
          aria-keyshortcuts={key}
          onClick={() => setOpen(kind)}
        >
          {words.verdict[kind]}
          <kbd>{key}</kbd>
        </button>
      ))}
      <span className={styles.grow} />
      {shown.map(({ key, name, run }) => (
        <button key={key} type="button" className={styles.button} aria-keyshortcuts={key} onClick={run}>
          {name}
          <kbd>{key}</kbd>
        </button>
      ))}
    </div>
  );
}

function OpenPanel(props: {
  readonly open: Exclude<Open, null>;
  readonly item: QueueItem;
  readonly make: (move: Move, reason?: string, note?: string) => void;
  readonly close: () => void;
}) {
  const { open, item, make, close } = props;
  if (open === 'snooze') return <SnoozePanel make={make} close={close} />;
  if (open === 'assign') return <AssignPanel make={make} close={close} />;
  if (open === 'merge') return <MergePanel item={item} make={make} close={close} />;
  return <ReasonPanel item={item} verdict={open} make={make} close={close} />;
}

type PanelProps = Pick<Parameters<typeof OpenPanel>[0], 'make' | 'close'>;

function ReasonPanel({ item, verdict, make, close }: PanelProps & { item: QueueItem; verdict: VerdictKind }) {
  const { data } = useQuery(incidentQuery(item.id));
  const reasons = data?.reasons[verdict] ?? [];
  return (
    <ChoicePanel
      title={TEXTS.reasonTitle(words.verdict[verdict])}
      choices={reasons}
      isLoading={data === undefined}
      field={TEXTS.ownReason}
      hint={TEXTS.pick}
      close={close}
      choose={(index, typed) => {
        const offered = index === null ? undefined : reasons[index];
        const move: Move = { change: 'verdict-given', verdict };
        if (offered === undefined) make(move, typed);
        else make(move, offered, typed);
      }}
    />
  );
}

function SnoozePanel({ make, close }: PanelProps) {
  const choices = snoozeChoices(new Date());
  return (
    <ChoicePanel
      title={TEXTS.snoozeUntil}
      choices={choices.map(({ name }) => name)}
      hint={TEXTS.snoozeNote}
      close={close}
      choose={(index) => {
        const chosen = index === null ? undefined : choices[index];
        if (chosen !== undefined) make({ change: 'snoozed', until: chosen.until.toISOString() });
      }}
    />
  );
}

function AssignPanel({ make, close }: PanelProps) {
  const { account } = useSession();
  const { data } = useChoices();
  const people = [account.name, ...(data?.people ?? []).filter((name) => name !== account.name)];
  return (
    <ChoicePanel
      title={TEXTS.assignTo}
      choices={[...people, TEXTS.nobody]}
      close={close}
      choose={(index) => {
        if (index !== null) make({ change: 'assigned', to: people[index] ?? null });
      }}
    />
  );
}
