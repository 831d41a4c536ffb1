import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useNewToken, useRevokeToken, useTokens } from '../../data/access.ts';
import { useSession } from '../../data/session.ts';
import { useCampaignNames } from '../../parts/use-campaign-names.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import fieldStyles from '../../parts/field.module.css';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import styles from './access.module.css';
import { CampaignChoice, type Campaigns } from './campaign-choice.tsx';
import { NewSecretForm } from './new-secret-form.tsx';

const TEXTS = words.access;
const DAYS = [7, 90, 365] as const;

export function TokensCard() {
  const query = useTokens();
  const revoke = useRevokeToken();
  const nameCampaigns = useCampaignNames();
  return (
    <Card title={TEXTS.tokens}>
      <Loaded query={query}>
        {({ items }) => (
          <ul className={styles.tokens}>
            {items.map(({ id, name, account, scopes, campaigns, expiresAt, revokedAt }) => (
              <li key={id}>
                <b>{name}</b> {account} · {TEXTS.scopes[scopes.includes('work') ? 'work' : 'read']} ·{' '}
                {campaigns === null ? TEXTS.asAccount : nameCampaigns(campaigns)} · {TEXTS.expires}{' '}
                <Instant at={expiresAt} />{' '}
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
  const [campaigns, setCampaigns] = useState<Campaigns>(null);
  const [days, setDays] = useState<number>(DAYS[1]);
  const { may } = useSession();
  const issue = useNewToken();
  return (
    <NewSecretForm
      label={TEXTS.tokenName}
      submit={(name) => {
        if (campaigns === undefined) return;
        issue.mutate({ name, scopes: mayWork ? ['read', 'work'] : ['read'], campaigns, days });
      }}
      action={TEXTS.newToken}
      request={issue}
      hint={TEXTS.secretOnce}
      secret={issue.data?.secret}
    >
      <label className={fieldStyles.label}>
        {TEXTS.endsIn}
        <select
          className={fieldStyles.select}
          value={days}
          onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}
        >
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {TEXTS.days[one]}
            </option>
          ))}
        </select>
      </label>
      <CampaignChoice value={campaigns} onChange={setCampaigns} all={TEXTS.asAccount} />
      {may.work && (
        <Checkbox
          label={TEXTS.scopes.work}
          checked={mayWork}
          onChange={({ currentTarget }) => setMayWork(currentTarget.checked)}
        />
      )}
    </NewSecretForm>
  );
}
