import { type EditedCreator } from '@leakwatch/console/schemas';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWatchedCreators } from '../../data/draft.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import { type DraftEditor } from './use-draft-editor.ts';
import styles from './watch-list-edit.module.css';

const TEXTS = words.draft;

/** The creators that match a search, and the fields of the one that is open. */
export function CreatorsCard(props: { readonly editor: DraftEditor; readonly updatedAt: string | null }) {
  const { editor, updatedAt } = props;
  const [q, setQ] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const query = useWatchedCreators(q, updatedAt);
  const put = (creator: EditedCreator) =>
    editor.change((before) => ({
      ...before,
      removedCreators: before.removedCreators.filter((id) => id !== creator.id),
      creators: [...before.creators.filter(({ id }) => id !== creator.id), creator],
    }));
  const remove = (id: string) =>
    editor.change((before) => ({
      ...before,
      creators: before.creators.filter((one) => one.id !== id),
      removedCreators: [...before.removedCreators.filter((one) => one !== id), id],
    }));
  // The typed text is newer than the server's.
  const newest = (creator: EditedCreator) =>
    editor.edits.creators.find(({ id }) => id === creator.id) ?? creator;
  return (
    <Card title={TEXTS.creators}>
      <TextInput
        label={TEXTS.searchCreators}
        value={q}
        onChange={({ currentTarget }) => setQ(currentTarget.value)}
      />
      <Loaded query={query}>
        {({ total, items }) => (
          <>
            <p className={styles.note}>{TEXTS.shownCreators(items.length, total)}</p>
            <ul className={styles.lines}>
              {items.map(newest).map((creator) => (
                <li key={creator.id}>
                  <Button
                    size="xs"
                    variant="default"
                    aria-expanded={open === creator.id}
                    onClick={() => setOpen(open === creator.id ? null : creator.id)}
                  >
                    {creator.name ?? creator.id}
                  </Button>{' '}
                  {creator.accounts
                    .map(({ platform, handle, nativeId }) =>
                      words.engine.account(platform, handle ?? nativeId ?? null),
                    )
                    .join(', ')}
                  {open === creator.id && (
                    <CreatorFields creator={creator} put={put} remove={() => remove(creator.id)} />
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <NewCreator
        add={(creator) => {
          put(creator);
          setOpen(creator.id);
        }}
      />
    </Card>
  );
}

function CreatorFields(props: {
  readonly creator: EditedCreator;
  readonly put: (creator: EditedCreator) => void;
  readonly remove: () => void;
}) {
  const { creator, put, remove } = props;
  const [text, setText] = useState(writeAccounts(creator));
  const accounts = readAccounts(text, creator);
  return (
    <div className={styles.fields}>
      <TextInput
        label={TEXTS.name}
        value={creator.name ?? ''}
        onChange={({ currentTarget }) => put({ ...creator, name: currentTarget.value })}
      />
      <TextInput
        label={TEXTS.accounts}
        description={TEXTS.accountsHint}
        value={text}
        error={accounts === null && TEXTS.accountsWrong}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          const read = readAccounts(currentTarget.value, creator);
          if (read !== null) put({ ...creator, accounts: read });
        }}
      />
      <TextInput
        label={TEXTS.followers}
        inputMode="numeric"
        value={String(creator.risk.followers)}
        onChange={({ currentTarget }) => {
          const digits = currentTarget.value.replace(/\D/g, '').slice(0, 12);
          put({ ...creator, risk: { ...creator.risk, followers: Number(digits) } });
        }}
      />
      <Button size="xs" variant="default" onClick={remove}>
        {TEXTS.removeCreator}
      </Button>
    </div>
  );
}

function NewCreator({ add }: { readonly add: (creator: EditedCreator) => void }) {
  const [id, setId] = useState('');
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        const name = id.trim();
        if (name === '') return;
        add({ id: name, accounts: [], risk: NO_RISK });
        setId('');
      }}
    >
      <TextInput
        label={TEXTS.newCreator}
        value={id}
        autoComplete="off"
        onChange={({ currentTarget }) => setId(currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={id.trim() === ''}>
        {TEXTS.add}
      </Button>
    </form>
  );
}

const NO_RISK: EditedCreator['risk'] = {
  partnerships: 0,
  confirmedLeaks: 0,
  concurrentPartnerships: 0,
  trusted: false,
  underInvestigation: false,
  followers: 0,
};

type Account = EditedCreator['accounts'][number];

/** `instagram mara, mastodon @mara@mas.to`; accounts without a handle are not shown, and stay. */
function writeAccounts({ accounts }: EditedCreator): string {
  return accounts
    .flatMap(({ platform, handle }) => (handle === undefined ? [] : [`${platform} ${handle}`]))
    .join(', ');
}

/** Null if a part is no platform with a handle. An account that stands there already keeps its other fields. */
function readAccounts(text: string, { accounts }: EditedCreator): Account[] | null {
  const read: Account[] = accounts.filter(({ handle }) => handle === undefined);
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [, platform, handle] = /^(\S+)\s+@?(\S+)$/.exec(part) ?? [];
    if (platform === undefined || handle === undefined) return null;
    const before = accounts.find((one) => one.platform === platform && one.handle === handle);
    read.push(before ?? { platform, handle });
  }
  return read;
}
