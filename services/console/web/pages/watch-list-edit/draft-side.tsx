import { type Draft, type DraftCheck } from '@leakwatch/console/schemas';
import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RefusedError } from '../../data/call.ts';
import { refetchDraft, useDiscardDraft, useDraftCheck, useSaveDraft } from '../../data/draft.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { formatAgo } from '../../lib/format-time.ts';
import { Card } from '../../parts/card.tsx';
import { useNow } from '../../parts/now.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useToast } from '../../shell/toasts.tsx';
import { words } from '../../words/index.ts';
import { ChangeList } from '../watch-list/change-list.tsx';
import { type DraftEditor } from './use-draft-editor.ts';
import styles from './watch-list-edit.module.css';

const TEXTS = words.draft;

interface DraftSideProps {
  readonly editor: DraftEditor;
  readonly draft: Draft;
  readonly restart: () => void;
}

/** Shows the draft's changes and problems, and saves it. */
export function DraftSide(props: DraftSideProps) {
  const { editor, draft } = props;
  const check = useDraftCheck(draft.updatedAt);
  return (
    <Card title={TEXTS.changes}>
      <Newer draft={draft} moveOn={editor.moveOn} />
      <Refused refusal={editor.refusal} restart={props.restart} />
      <Loaded query={check}>
        {(checked) => (
          <div className={styles.stack} role="status">
            {checked.problems.length > 0 && (
              <>
                <h3 className={styles.problem}>{TEXTS.problems}</h3>
                <ul className={styles.lines}>
                  {checked.problems.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </>
            )}
            {checked.warnings.length > 0 && (
              <>
                <h3>{TEXTS.warnings}</h3>
                <ul className={styles.lines}>
                  {checked.warnings.map((line) => (
                    <li key={line}>{TEXTS.warning(line, editor.campaigns)}</li>
                  ))}
                </ul>
              </>
            )}
            {checked.changes.length === 0 ? (
              <p className={styles.note}>{TEXTS.nothing}</p>
            ) : (
              <ChangeList changes={checked.changes} campaigns={editor.campaigns} />
            )}
          </div>
        )}
      </Loaded>
      <Save {...props} checked={check.data} />
    </Card>
  );
}

/** Why an edit was not kept. If another window changed the draft, it can be shown here. */
function Refused({ refusal, restart }: { readonly refusal: unknown; readonly restart: () => void }) {
  const client = useQueryClient();
  const isStale = refusal instanceof RefusedError && refusal.problem.code === 'stale';
  return (
    <div role="alert" className={styles.problem}>
      {refusal !== null && <p>{describeRefusal(refusal)}</p>}
      {isStale && (
        <Button size="xs" variant="default" onClick={() => void refetchDraft(client).then(restart)}>
          {TEXTS.showOther}
        </Button>
      )}
    </div>
  );
}

/** Somebody has saved since the draft was begun: their version stands until the person looks at the difference. */
function Newer({ draft, moveOn }: { readonly draft: Draft; readonly moveOn: () => void }) {
  const now = useNow();
  const { base, current, overlaps } = draft;
  if (base === current.version) return null;
  const when = current.at === null ? '' : formatAgo(current.at, now);
  return (
    <div role="alert" className={styles.newer}>
      <p>{TEXTS.newer(current.by ?? words.system, current.version, when)}</p>
      <p>{overlaps.length === 0 ? TEXTS.noOverlap : TEXTS.overlap(overlaps.join(', '))}</p>
      <Button size="xs" variant="default" onClick={moveOn}>
        {TEXTS.moveOn(current.version)}
      </Button>
    </div>
  );
}

function Save(props: DraftSideProps & { readonly checked: DraftCheck | undefined }) {
  const { editor, draft, checked, restart } = props;
  const [note, setNote] = useState('');
  const save = useSaveDraft();
  const discard = useDiscardDraft();
  const toast = useToast();
  const canSave =
    !editor.isAhead &&
    draft.base === draft.current.version &&
    checked?.problems.length === 0 &&
    checked.changes.length > 0;
  return (
    <form
      className={styles.save}
      onSubmit={(event) => {
        event.preventDefault();
        if (!canSave) return;
        const body = { note, seen: editor.seen() };
        save.mutate(body, {
          onSuccess: ({ version }) => {
            toast({ text: TEXTS.saved(version) });
            restart();
          },
        });
      }}
    >
      <TextInput
        label={TEXTS.note}
        description={TEXTS.noteHint}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <div className={styles.line}>
        <Button type="submit" loading={save.isPending} disabled={!canSave}>
          {TEXTS.save}
        </Button>
        <Button
          variant="default"
          disabled={draft.updatedAt === null}
          loading={discard.isPending}
          onClick={() => discard.mutate(undefined, { onSuccess: restart })}
        >
          {TEXTS.discard}
        </Button>
      </div>
      <Refused refusal={save.error} restart={restart} />
    </form>
  );
}
