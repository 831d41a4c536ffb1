import { Button, Select, TextInput } from '@mantine/core';
import { RoleSchema, type Role } from '@leakwatch/console/schemas';
import { useState } from 'react';
import { useAccounts, useChangeAccount, useInvite } from '../../data/access.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Table } from '../../parts/page.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import { NewSecretForm } from './new-secret-form.tsx';

const TEXTS = words.access;

export function AccountsCard() {
  const query = useAccounts();
  const change = useChangeAccount();
  return (
    <Card title={TEXTS.accounts}>
      <Loaded query={query}>
        {({ items }) => (
          <Table label={TEXTS.accounts} heads={Object.values(TEXTS.columns)}>
            {items.map(({ id, name, role, campaigns, disabled, lastSignedInAt }) => (
              <tr key={id}>
                <td>
                  {name} {disabled && `(${TEXTS.disabled})`}
                </td>
                <td>{TEXTS.roles[role]}</td>
                <td>{campaigns === null ? TEXTS.all : campaigns.join(', ')}</td>
                <td>{lastSignedInAt === null ? '—' : <Instant at={lastSignedInAt} as="ago" />}</td>
                <td>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={TEXTS.changeOf(disabled ? TEXTS.enable : TEXTS.disable, name)}
                    onClick={() => change.mutate({ id, disabled: !disabled })}
                  >
                    {disabled ? TEXTS.enable : TEXTS.disable}
                  </Button>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Loaded>
      <p role="alert">{change.error !== null && describeRefusal(change.error)}</p>
      <Invite />
    </Card>
  );
}

function Invite() {
  const [role, setRole] = useState<Role>('analyst');
  const [campaigns, setCampaigns] = useState('');
  const invite = useInvite();
  const names = campaigns.split(/[\s,]+/).filter((one) => one !== '');
  return (
    <NewSecretForm
      submit={(name) => invite.mutate({ name, role, campaigns: names.length === 0 ? null : names })}
      action={TEXTS.invite}
      request={invite}
      hint={TEXTS.linkOnce}
      secret={invite.data?.link}
    >
      <Select
        label={TEXTS.role}
        data={RoleSchema.options.map((value) => ({ value, label: TEXTS.roles[value] }))}
        value={role}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = RoleSchema.safeParse(value);
          if (chosen.success) setRole(chosen.data);
        }}
      />
      <TextInput
        label={TEXTS.campaigns}
        placeholder={TEXTS.all}
        value={campaigns}
        onChange={({ currentTarget }) => setCampaigns(currentTarget.value)}
      />
    </NewSecretForm>
  );
}
