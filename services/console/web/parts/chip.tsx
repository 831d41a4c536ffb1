import { type ReactNode } from 'react';
import styles from './parts.module.css';

export function Chip({ children }: { readonly children: ReactNode }) {
  return <span className={styles.chip}>{children}</span>;
}
