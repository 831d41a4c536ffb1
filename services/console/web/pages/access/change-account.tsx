import { type Account } from '@leakwatch/console/schemas';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useChangeAccount } from '../../data/access.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { words } from '../../words/index.ts';
import styles from './access.module.css';
import { CampaignChoice, type Campaigns } from './campaign-choice.tsx';
import { RoleField } from './role-field.tsx';

const TEXTS = words.access;

/** Changes the role and the campaigns of an account. */
export function ChangeAccount({ account, close }: { readonly account: Account; readonly close: () => void }) {
  const [role, setRole] = useState(account.role);
  const [campaigns, setCampaigns] = useState<Campaigns>(account.campaigns);
  const change = useChangeAccount();
  return (
    <form
      className={styles.form}
      aria-label={TEXTS.changeOf(TEXTS.change, account.name)}
      onSubmit={(event) => {
        event.preventDefault();
        if (campaigns === undefined) return;
        change.mutate({ id: account.id, role, campaigns }, { onSuccess: close });
      }}
    >
      <p className={styles.wide}>{TEXTS.changeHint(account.name)}</p>
      <RoleField value={role} onChange={setRole} />
      <CampaignChoice value={campaigns} onChange={setCampaigns} all={TEXTS.allCampaigns} />
      <Button type="submit" loading={change.isPending}>
        {TEXTS.save}
      </Button>
      <Button variant="default" onClick={close}>
        {words.cancel}
      </Button>
      <p role="alert">{change.error !== null && describeRefusal(change.error)}</p>
    </form>
  );
}
