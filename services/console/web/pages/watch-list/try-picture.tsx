import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { tryPicture } from '../../data/draft.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { words } from '../../words/index.ts';
import styles from './watch-list.module.css';

const TEXTS = words.watchList;

/** Shows which registered pictures would be found in a picture. */
export function TryPicture({ ofDraft }: { readonly ofDraft: boolean }) {
  const input = useId();
  const trial = useMutation({ mutationFn: (file: File) => tryPicture(file, ofDraft) });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined) trial.mutate(file);
  };
  return (
    <div
      className={styles.dropped}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
      }}
    >
      <label htmlFor={input}>{TEXTS.tryPicture}</label>
      <input
        id={input}
        type="file"
        accept="image/*"
        disabled={trial.isPending}
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = '';
        }}
      />
      <div role="status">
        {trial.error !== null && describeRefusal(trial.error)}
        {trial.data?.matches.length === 0 && TEXTS.tryNoPicture}
        {trial.data?.matches.map((match) => (
          <p key={`${match.campaignId} ${match.itemId}`}>
            <b>{match.item}</b> · {match.campaign}
            {match.grade !== null && ` · ${words.grade[match.grade]}`}
            {!match.raisesAlert && ` (${TEXTS.tryNoAlert})`} · {words.confidence(match.confidence)} ·{' '}
            {match.disguises.map(({ says }) => says).join(', ')}
          </p>
        ))}
      </div>
    </div>
  );
}
