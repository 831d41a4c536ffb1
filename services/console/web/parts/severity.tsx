import { type Severity } from '@leakwatch/console/schemas';
import { words } from '../words/index.ts';
import styles from './parts.module.css';

/** Severity as a word on its colour: never as a colour alone. */
export function SeverityTag({ severity, points }: { readonly severity: Severity; readonly points?: number }) {
  return (
    <span className={styles.tag} data-severity={severity}>
      {words.severity[severity]}
      {points !== undefined && ` ${points}`}
    </span>
  );
}
