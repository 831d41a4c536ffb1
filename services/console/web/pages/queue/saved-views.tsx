import { type QueueFilter, type SavedView } from '@leakwatch/console/schemas';
import { useQueryClient } from '@tanstack/react-query';
import { describeRefusal } from '../../incident/use-moves.ts';
import { dropView, useViews } from '../../data/queue.ts';
import { useToast } from '../../shell/toasts.tsx';
import { words } from '../../words/index.ts';
import styles from './queue.module.css';

const TEXTS = words.queue;

interface Choice {
  readonly isHere: (filter: QueueFilter) => boolean;
  readonly show: (filter: QueueFilter) => void;
}

/** The account's own views. One whose filter is no longer understood can only be deleted. */
export function SavedViews(choice: Choice) {
  const { data: saved } = useViews();
  return (saved?.items ?? []).map((view) => <OneView key={view.name} view={view} {...choice} />);
}

function OneView({ view, isHere, show }: Choice & { readonly view: SavedView }) {
  const client = useQueryClient();
  const toast = useToast();
  const { name, filter, count } = view;
  const drop = () =>
    dropView(client, name).catch((error: unknown) => toast({ text: describeRefusal(error), isError: true }));
  return (
    <span className={styles.saved}>
      {filter === null ? (
        <span>{TEXTS.brokenView(name)}</span>
      ) : (
        <button
          type="button"
          className={styles.view}
          aria-pressed={isHere(filter)}
          onClick={() => show(filter)}
        >
          {name} {count?.toLocaleString('en') ?? ''}
        </button>
      )}
      {(filter === null || isHere(filter)) && (
        <button
          type="button"
          className={styles.drop}
          aria-label={TEXTS.dropView(name)}
          onClick={() => void drop()}
        >
          ×
        </button>
      )}
    </span>
  );
}
