import { type WatchList } from '@leakwatch/console/schemas';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useDraftOfVersion, useVersionChanges } from '../../data/draft.ts';
import { useSession } from '../../data/session.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import { ChangeList } from './change-list.tsx';
import styles from './watch-list.module.css';

const TEXTS = words.watchList;

/** The versions with their authors; leads see what each changed, and go back to one. */
export function VersionsCard({ list }: { readonly list: WatchList }) {
  return (
    <Card title={TEXTS.versions}>
      <ul className={styles.plain}>
        {list.versions.map((one) => (
          <Version key={one.version} one={one} list={list} />
        ))}
      </ul>
    </Card>
  );
}

function Version(props: { readonly one: WatchList['versions'][number]; readonly list: WatchList }) {
  const { campaigns, version: newest } = props.list;
  const { version, createdAt, by, note } = props.one;
  const { may } = useSession();
  const [isOpen, setOpen] = useState(false);
  const changes = useVersionChanges(version, isOpen);
  return (
    <li className={styles.version}>
      <span>
        {version} · <Instant at={createdAt} /> {by !== null && words.by(by)}
        {note !== null && note !== '' && ` · ${note}`}
      </span>
      {may.lead && (
        <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {TEXTS.whatChanged(version)}
        </Button>
      )}
      {isOpen && (
        <Loaded query={changes}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{TEXTS.nothingChanged}</p>
            ) : (
              <ChangeList changes={items} campaigns={campaigns} />
            )
          }
        </Loaded>
      )}
      {may.lead && version !== newest && <GoBack version={version} />}
    </li>
  );
}

/** Goes to the editor with a draft that says what the version says. */
function GoBack({ version }: { readonly version: number }) {
  const [, go] = useLocation();
  const draft = useDraftOfVersion();
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={draft.isPending}
        onClick={() => draft.mutate(version, { onSuccess: () => go('/watch-list/edit') })}
      >
        {TEXTS.goBack(version)}
      </Button>
      <span role="alert">{draft.error !== null && describeRefusal(draft.error)}</span>
    </>
  );
}
