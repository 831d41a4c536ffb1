import { useSession } from '../../data/session.ts';
import { Page } from '../../parts/page.tsx';
import { words } from '../../words/index.ts';
import styles from './access.module.css';
import { AccountsCard } from './accounts-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { TokensCard } from './tokens-card.tsx';

/** Who may sign in, and which programs may ask. Everybody has tokens and a password; admins keep the accounts. */
export default function AccessPage() {
  const { may } = useSession();
  return (
    <Page title={words.access.title}>
      <div className={styles.stack}>
        {may.admin && <AccountsCard />}
        <TokensCard />
        <PasswordCard />
      </div>
    </Page>
  );
}
