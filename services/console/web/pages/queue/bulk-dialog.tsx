import { Button, Select, Textarea } from '@mantine/core';
import { VerdictKindSchema, type Move, type VerdictKind } from '@leakwatch/console/schemas';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { makeBulkMove, previewBulk, useChoices, useReloadQueue } from '../../data/queue.ts';
import { useSession } from '../../data/session.ts';
import { snoozeChoices } from '../../incident/snooze-choices.ts';
import { describeRefusal, useUndo } from '../../incident/use-moves.ts';
import { SeverityTag } from '../../parts/severity.tsx';
import { Dialog } from '../../shell/dialog.tsx';
import { useToast } from '../../shell/toasts.tsx';
import { words } from '../../words/index.ts';
import styles from './queue.module.css';
import { type Picked } from './use-selection.ts';

const TEXTS = words.bulk;

export type BulkKind = VerdictKind | 'acknowledged' | 'snoozed' | 'assigned';

interface BulkDialogProps {
  readonly kind: BulkKind;
  readonly picked: Picked;
  readonly reasons: Readonly<Partial<Record<VerdictKind, readonly string[]>>>;
  readonly close: () => void;
}

/** Shows what a move of many would change before it is made. */
export function BulkDialog({ kind, picked, reasons, close }: BulkDialogProps) {
  const [choice, setChoice] = useState(0);
  const [note, setNote] = useState('');
  const [now] = useState(() => new Date());
  const { options, moveOf } = useOptions(kind, now, reasons);
  const move = moveOf(choice);
  const verdict = VerdictKindSchema.safeParse(kind);
  const name = verdict.success ? words.verdict[verdict.data] : words.moves[plainKind(kind)];
  const reason = verdict.success ? (options[choice] ?? '') : '';
  const preview = useQuery({
    queryKey: ['bulk-preview', picked.request, move],
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => previewBulk(picked.request, move, signal),
  });
  const make = useBulkMove(name, picked, close);
  const count = preview.data?.count ?? 0;
  const { data: choices } = useChoices();
  const nameOf = (campaign: string) => choices?.campaigns.find(({ id }) => id === campaign)?.name ?? campaign;
  return (
    <Dialog title={TEXTS.title(name, count)} close={close}>
      <form
        className={styles.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (count === 0) return;
          const text = note.trim();
          void make({
            select: picked.request,
            move,
            reason: reason === '' ? text : reason,
            note: reason === '' ? '' : text,
            expect: count,
          });
        }}
      >
        {options.length > 0 && (
          <Select
            label={
              verdict.success
                ? TEXTS.reason
                : kind === 'snoozed'
                  ? words.moves.snoozeUntil
                  : words.moves.assignTo
            }
            data={options.map((label, index) => ({ value: String(index), label }))}
            value={String(choice)}
            allowDeselect={false}
            onChange={(value) => setChoice(Number(value ?? 0))}
          />
        )}
        <Textarea
          label={TEXTS.note}
          description={TEXTS.noteHint}
          rows={2}
          data-autofocus
          required={verdict.success && reason === ''}
          aria-keyshortcuts="Control+Enter"
          onKeyDown={confirmByKeys}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <div role="status" className={styles.preview}>
          {preview.data === undefined ? (
            preview.error === null ? (
              TEXTS.counting
            ) : (
              describeRefusal(preview.error)
            )
          ) : (
            <>
              <p>{TEXTS.preview(preview.data.count, preview.data.refused)}</p>
              <p className={styles.tags}>
                {(['critical', 'high', 'medium', 'low'] as const).map((severity) => {
                  const n = preview.data.bySeverity[severity] ?? 0;
                  return n === 0 ? null : <SeverityTag key={severity} severity={severity} points={n} />;
                })}
              </p>
              {preview.data.campaigns.length > 0 && (
                <p>{TEXTS.campaigns(preview.data.campaigns.map(nameOf).join(', '))}</p>
              )}
            </>
          )}
        </div>
        <div className={styles.dialogFoot}>
          <Button variant="default" onClick={close}>
            {words.cancel}
          </Button>
          <Button type="submit" disabled={count === 0}>
            {TEXTS.confirm(name, count)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The note may have several lines, so Enter alone begins the next one. */
function confirmByKeys(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

function plainKind(kind: BulkKind): 'acknowledged' | 'snoozed' | 'assigned' {
  return kind === 'snoozed' || kind === 'assigned' ? kind : 'acknowledged';
}

/** The choices of a kind of move, and the move that each makes. */
function useOptions(kind: BulkKind, now: Date, reasons: BulkDialogProps['reasons']) {
  const { data: choices } = useChoices();
  const { account } = useSession();
  switch (kind) {
    case 'acknowledged':
      return { options: [], moveOf: (): Move => ({ change: 'acknowledged' }) };
    case 'snoozed': {
      const times = snoozeChoices(now);
      const untilOf = (index: number) => (times[index]?.until ?? now).toISOString();
      return {
        options: times.map(({ name }) => name),
        moveOf: (index: number): Move => ({ change: 'snoozed', until: untilOf(index) }),
      };
    }
    case 'assigned': {
      const people = [account.name, ...(choices?.people ?? []).filter((name) => name !== account.name)];
      return {
        options: [...people, words.moves.nobody],
        moveOf: (index: number): Move => ({ change: 'assigned', to: people[index] ?? null }),
      };
    }
    case 'confirmed':
    case 'false-positive':
    case 'approved':
      return {
        options: reasons[kind] ?? [],
        moveOf: (): Move => ({ change: 'verdict-given', verdict: kind }),
      };
  }
}

function useBulkMove(name: string, picked: Picked, close: () => void) {
  const toast = useToast();
  const undo = useUndo();
  const reload = useReloadQueue();
  return async (request: Parameters<typeof makeBulkMove>[0]) => {
    try {
      const { changed, refused, undo: taken } = await makeBulkMove(request);
      const text = TEXTS.done(name, changed, refused.length);
      toast(taken === null ? { text } : { text, undo: () => void undo(taken.id).then(reload) });
      picked.clear();
      close();
      reload();
    } catch (error) {
      toast({ text: describeRefusal(error), isError: true });
    }
  };
}
