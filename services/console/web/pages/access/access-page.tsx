import { Page } from '../../parts/page.tsx';
import { words } from '../../words/index.ts';
import styles from './access.module.css';
import { AccountsCard } from './accounts-card.tsx';
import { TokensCard } from './tokens-card.tsx';

/** Who may sign in, and which programs may ask. */
export default function AccessPage() {
  return (
    <Page title={words.access.title}>
      <div className={styles.stack}>
        <AccountsCard />
        <TokensCard />
      </div>
    </Page>
  );
}
