import { type Draft, type DraftCheck } from '@leakwatch/console/schemas';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDiscardDraft, useDraftCheck, useSaveDraft } from '../../data/draft.ts';
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
      <p role="alert" className={styles.problem}>
        {editor.refusal !== null && describeRefusal(editor.refusal)}
      </p>
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
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </>
            )}
            {checked.changes.length === 0 ? (
              <p className={styles.note}>{TEXTS.nothing}</p>
            ) : (
              <ChangeList changes={checked.changes} />
            )}
          </div>
        )}
      </Loaded>
      <Save {...props} checked={check.data} />
    </Card>
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
        save.mutate(note, {
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
      <p role="alert" className={styles.problem}>
        {save.error !== null && describeRefusal(save.error)}
      </p>
    </form>
  );
}
