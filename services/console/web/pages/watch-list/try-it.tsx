import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { tryText } from '../../data/system.ts';
import { MatchNote } from '../../incident/post-card.tsx';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { MarkedText } from '../../parts/marked-text.tsx';
import { words } from '../../words/index.ts';
import { TryPicture } from './try-picture.tsx';
import styles from './watch-list.module.css';

const TEXTS = words.watchList;

/** Shows what the watch list, or the person's draft of it, would find in a text or a picture. */
export function TryIt({ ofDraft = false }: { readonly ofDraft?: boolean }) {
  const [text, setText] = useState('');
  const trial = useMutation({ mutationFn: (caption: string) => tryText(caption, ofDraft) });
  const submit = () => {
    if (text.trim() !== '') trial.mutate(text);
  };
  return (
    <Card title={ofDraft ? TEXTS.tryDraft : TEXTS.tryTitle}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Textarea
          label={TEXTS.tryLabel}
          description={TEXTS.tryText}
          rows={3}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={({ key, ctrlKey, metaKey }) => {
            if (key === 'Enter' && (ctrlKey || metaKey)) submit();
          }}
        />
        <Button type="submit" loading={trial.isPending} disabled={text.trim() === ''}>
          {TEXTS.tryIt}
        </Button>
      </form>
      <div role="status" className={styles.tried}>
        {trial.error !== null && describeRefusal(trial.error)}
        {trial.data !== undefined && <Tried tried={trial.data} />}
      </div>
      <TryPicture ofDraft={ofDraft} />
    </Card>
  );
}

function Tried({ tried }: { readonly tried: Awaited<ReturnType<typeof tryText>> }) {
  const { field, campaigns } = tried;
  if (field.matches.length === 0) return <p>{TEXTS.tryNothing}</p>;
  return (
    <>
      <p className={styles.triedText} dir="auto">
        <MarkedText text={field.text} spans={field.matches.map(({ span }) => span)} />
      </p>
      <p>{TEXTS.tryFound(campaigns.map(({ name, matches }) => `${name} (${matches})`).join(', '))}</p>
      {field.matches.map((match) => (
        <MatchNote key={`${match.detectionId} ${match.span.join()}`} match={match} />
      ))}
    </>
  );
}
