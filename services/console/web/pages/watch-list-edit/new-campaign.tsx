import { type EditedCampaign } from '@leakwatch/console/schemas';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { words } from '../../words/index.ts';
import styles from './watch-list-edit.module.css';

const TEXTS = words.draft;

/** Names a campaign, and makes its id of the name: it stands in addresses, rules and silences. */
export function NewCampaign(props: {
  readonly taken: readonly string[];
  readonly add: (campaign: EditedCampaign) => void;
}) {
  const [name, setName] = useState('');
  const id = idOf(name);
  const isTaken = props.taken.includes(id);
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        if (id === '' || isTaken) return;
        props.add({
          id,
          name: name.trim(),
          sensitivity: 'normal',
          terms: [],
          assets: [],
          approvedPosts: [],
        });
        setName('');
      }}
    >
      <TextInput
        label={TEXTS.newCampaign}
        value={name}
        autoComplete="off"
        error={isTaken && TEXTS.taken(id)}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={id === '' || isTaken}>
        {TEXTS.add}
      </Button>
    </form>
  );
}

function idOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}
