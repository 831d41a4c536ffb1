import { type ReactNode } from 'react';
import styles from './parts.module.css';

export function Chip({ children, title }: { readonly children: ReactNode; readonly title?: string }) {
  return (
    <span className={styles.chip} title={title}>
      {children}
    </span>
  );
}
