import { type VerdictKind } from '@leakwatch/console/schemas';
import { useState } from 'react';
import { useSession } from '../../data/session.ts';
import { useKeys } from '../../shell/keys.tsx';
import { words } from '../../words/index.ts';
import { BulkDialog, type BulkKind } from './bulk-dialog.tsx';
import styles from './queue.module.css';
import { type Picked } from './use-selection.ts';

const TEXTS = words.bulk;

interface BulkBarProps {
  readonly picked: Picked;
  readonly total: number;
  readonly loaded: readonly string[];
  readonly reasons: Readonly<Partial<Record<VerdictKind, readonly string[]>>>;
}

const MOVES: readonly { kind: BulkKind; key: string; label: string; name: string }[] = [
  { kind: 'confirmed', key: 'l', label: words.keys.leak, name: words.verdict.confirmed },
  { kind: 'false-positive', key: 'f', label: words.keys.falseAlarm, name: words.verdict['false-positive'] },
  { kind: 'approved', key: 'p', label: words.keys.approved, name: words.verdict.approved },
  { kind: 'snoozed', key: 's', label: words.keys.snooze, name: words.moves.snoozed },
  { kind: 'assigned', key: 't', label: words.keys.assign, name: words.moves.assigned },
  { kind: 'acknowledged', key: 'a', label: words.keys.acknowledge, name: words.moves.acknowledged },
];

/** Stands in the place of the verdict bar while incidents are selected: the same keys move all of them, after a preview. */
export function BulkBar({ picked, total, loaded, reasons }: BulkBarProps) {
  const [open, setOpen] = useState<BulkKind | null>(null);
  const { may } = useSession();
  useKeys([
    { key: 'Escape', label: words.keys.clear, run: picked.clear },
    ...(may.work ? MOVES.map(({ kind, key, label }) => ({ key, label, run: () => setOpen(kind) })) : []),
  ]);
  const isPagePicked = loaded.every((id) => picked.ids.has(id));
  return (
    <div className={styles.bulk} role="toolbar" aria-label={TEXTS.selected(picked.count)}>
      <b aria-live="polite">{picked.isAll ? TEXTS.allMatching(total) : TEXTS.selected(picked.count)}</b>
      {!picked.isAll && !isPagePicked && (
        <button type="button" className={styles.link} onClick={() => picked.pick(loaded)}>
          {TEXTS.selectPage(loaded.length)}
        </button>
      )}
      {!picked.isAll && picked.count < total && (
        <button type="button" className={styles.link} onClick={picked.pickAll}>
          {TEXTS.selectAll(total)}
        </button>
      )}
      <button type="button" className={styles.link} onClick={picked.clear}>
        {TEXTS.clear}
      </button>
      <span className={styles.grow} />
      {may.work &&
        MOVES.map(({ kind, key, name }) => (
          <button key={kind} type="button" className={styles.action} onClick={() => setOpen(kind)}>
            {name}
            <kbd>{key}</kbd>
          </button>
        ))}
      {open !== null && (
        <BulkDialog kind={open} picked={picked} reasons={reasons} close={() => setOpen(null)} />
      )}
    </div>
  );
}
