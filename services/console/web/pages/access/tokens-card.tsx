import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNewToken, useRevokeToken, useTokens } from '../../data/access.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import styles from './access.module.css';
import { ShownOnce } from './shown-once.tsx';

const TEXTS = words.access;

export function TokensCard() {
  const query = useTokens();
  const revoke = useRevokeToken();
  return (
    <Card title={TEXTS.tokens}>
      <Loaded query={query}>
        {({ items }) => (
          <ul className={styles.tokens}>
            {items.map(({ id, name, account, scopes, expiresAt, revokedAt }) => (
              <li key={id}>
                <b>{name}</b> {account} · {scopes.map((scope) => TEXTS.scopes[scope]).join(', ')} ·{' '}
                {TEXTS.expires} <Instant at={expiresAt} />{' '}
                {revokedAt === null ? (
                  <Button size="xs" variant="default" onClick={() => revoke.mutate(id)}>
                    {TEXTS.revoke}
                  </Button>
                ) : (
                  TEXTS.revoked
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <NewToken />
    </Card>
  );
}

function NewToken() {
  const [name, setName] = useState('');
  const [mayWork, setMayWork] = useState(false);
  const issue = useNewToken();
  return (
    <>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          issue.mutate({ name: name.trim(), scopes: mayWork ? ['read', 'work'] : ['read'] });
        }}
      >
        <TextInput
          label={TEXTS.name}
          required
          withAsterisk={false}
          autoComplete="off"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Checkbox
          label={TEXTS.scopes.work}
          checked={mayWork}
          onChange={({ currentTarget }) => setMayWork(currentTarget.checked)}
        />
        <Button type="submit" loading={issue.isPending}>
          {TEXTS.newToken}
        </Button>
      </form>
      <p role="alert">{issue.error !== null && describeRefusal(issue.error)}</p>
      {issue.data !== undefined && <ShownOnce hint={TEXTS.secretOnce} secret={issue.data.secret} />}
    </>
  );
}
