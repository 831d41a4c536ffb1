import { type Move, type QueueItem } from '@leakwatch/console/schemas';
import { useSameStory } from '../data/queue.ts';
import { formatInstant } from '../lib/format-time.ts';
import { ChoicePanel } from '../parts/choice-panel.tsx';
import { useNow } from '../parts/now.tsx';
import { words } from '../words/index.ts';

const TEXTS = words.moves;

/** Offers the incidents into which one can be merged: others of its creator and campaign that are no duplicates themselves. */
export function MergePanel(props: {
  readonly item: QueueItem;
  readonly make: (move: Move) => void;
  readonly close: () => void;
}) {
  const { item, make, close } = props;
  const { data } = useSameStory(item);
  const now = useNow();
  const others = (data?.items ?? []).filter(
    ({ id, resolution }) => id !== item.id && resolution !== 'duplicate',
  );
  return (
    <ChoicePanel
      title={TEXTS.mergeInto}
      choices={others.map(({ id, title, publishedAt, state }) =>
        TEXTS.mergeChoice(id.slice(0, 8), title, formatInstant(publishedAt, now), words.state[state]),
      )}
      isLoading={data === undefined}
      hint={data !== undefined && others.length === 0 ? TEXTS.nothingToMerge : TEXTS.mergeHint}
      close={close}
      choose={(index) => {
        const into = index === null ? undefined : others[index];
        if (into !== undefined) make({ change: 'merged', into: into.id });
      }}
    />
  );
}
