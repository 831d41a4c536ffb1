import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useNewToken, useRevokeToken, useTokens } from '../../data/access.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import styles from './access.module.css';
import { NewSecretForm } from './new-secret-form.tsx';

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
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={TEXTS.changeOf(TEXTS.revoke, name)}
                    onClick={() => revoke.mutate(id)}
                  >
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
  const [mayWork, setMayWork] = useState(false);
  const issue = useNewToken();
  return (
    <NewSecretForm
      submit={(name) => issue.mutate({ name, scopes: mayWork ? ['read', 'work'] : ['read'] })}
      action={TEXTS.newToken}
      request={issue}
      hint={TEXTS.secretOnce}
      secret={issue.data?.secret}
    >
      <Checkbox
        label={TEXTS.scopes.work}
        checked={mayWork}
        onChange={({ currentTarget }) => setMayWork(currentTarget.checked)}
      />
    </NewSecretForm>
  );
}
