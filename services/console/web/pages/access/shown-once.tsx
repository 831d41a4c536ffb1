import { Button } from '@mantine/core';
import { words } from '../../words/index.ts';
import styles from './access.module.css';

/** A secret that the server shows only once. */
export function ShownOnce({ hint, secret }: { readonly hint: string; readonly secret: string }) {
  return (
    <div className={styles.once} role="status">
      <p>{hint}</p>
      <code>{secret}</code>
      <Button size="xs" variant="default" onClick={() => void navigator.clipboard.writeText(secret)}>
        {words.incident.playbook.copy}
      </Button>
    </div>
  );
}
