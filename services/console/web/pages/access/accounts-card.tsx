import { type Account, type Role } from '@leakwatch/console/schemas';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAccounts, useChangeAccount, useInvite, useNewLink } from '../../data/access.ts';
import { useSession } from '../../data/session.ts';
import { useCampaignNames } from '../../parts/use-campaign-names.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Table } from '../../parts/page.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import styles from './access.module.css';
import { CampaignChoice, type Campaigns } from './campaign-choice.tsx';
import { ChangeAccount } from './change-account.tsx';
import { NewSecretForm } from './new-secret-form.tsx';
import { RoleField } from './role-field.tsx';
import { ShownOnce } from './shown-once.tsx';

const TEXTS = words.access;

export function AccountsCard() {
  const query = useAccounts();
  const change = useChangeAccount();
  const link = useNewLink();
  const nameCampaigns = useCampaignNames();
  const { account: own } = useSession();
  const [changedId, setChangedId] = useState<number | null>(null);
  const error = change.error ?? link.error;
  return (
    <Card title={TEXTS.accounts}>
      <Loaded query={query}>
        {({ items }) => {
          const changed = items.find(({ id }) => id === changedId);
          return (
            <>
              <Table label={TEXTS.accounts} heads={Object.values(TEXTS.columns)}>
                {items.map((account) => (
                  <tr key={account.id}>
                    <td>
                      {account.name} {account.disabled && `(${TEXTS.disabled})`}
                    </td>
                    <td>{TEXTS.roles[account.role]}</td>
                    <td>{nameCampaigns(account.campaigns)}</td>
                    <td>
                      {account.lastSignedInAt === null ? (
                        '—'
                      ) : (
                        <Instant at={account.lastSignedInAt} as="ago" />
                      )}
                    </td>
                    <td>
                      {account.id === own.id ? (
                        TEXTS.you
                      ) : (
                        <Actions
                          account={account}
                          change={() => setChangedId(account.id)}
                          renew={() => link.mutate(account.id)}
                          turn={() => change.mutate({ id: account.id, disabled: !account.disabled })}
                        />
                      )}
                    </td>
                  </tr>
                ))}
              </Table>
              {changed !== undefined && (
                <ChangeAccount key={changed.id} account={changed} close={() => setChangedId(null)} />
              )}
            </>
          );
        }}
      </Loaded>
      <p role="alert">{error !== null && describeRefusal(error)}</p>
      {link.data !== undefined && (
        <ShownOnce hint={TEXTS.linkFor(link.data.account.name)} secret={link.data.link} />
      )}
      <Invite />
    </Card>
  );
}

function Actions(props: {
  readonly account: Account;
  readonly change: () => void;
  readonly renew: () => void;
  readonly turn: () => void;
}) {
  const { name, disabled } = props.account;
  const turn = disabled ? TEXTS.enable : TEXTS.disable;
  const actions = [
    { text: TEXTS.change, run: props.change },
    ...(disabled ? [] : [{ text: TEXTS.newLink, run: props.renew }]),
    { text: turn, run: props.turn },
  ];
  return (
    <div className={styles.actions}>
      {actions.map(({ text, run }) => (
        <Button key={text} size="xs" variant="default" aria-label={TEXTS.changeOf(text, name)} onClick={run}>
          {text}
        </Button>
      ))}
    </div>
  );
}

function Invite() {
  const [role, setRole] = useState<Role>('analyst');
  const [campaigns, setCampaigns] = useState<Campaigns>();
  const invite = useInvite();
  return (
    <NewSecretForm
      label={TEXTS.accountName}
      submit={(name) => {
        if (campaigns !== undefined) invite.mutate({ name, role, campaigns });
      }}
      action={TEXTS.invite}
      request={invite}
      hint={TEXTS.linkOnce}
      secret={invite.data?.link}
    >
      <RoleField value={role} onChange={setRole} />
      <CampaignChoice value={campaigns} onChange={setCampaigns} all={TEXTS.allCampaigns} />
    </NewSecretForm>
  );
}
