import { words } from '../words/index.ts';
import { Dialog } from './dialog.tsx';
import { useListedKeys } from './keys.tsx';
import styles from './shell.module.css';

/** The list of all keys that work on this page. */
export function KeyHelp({ close }: { readonly close: () => void }) {
  const keys = useListedKeys();
  const unique = [...new Map(keys.map((binding) => [binding.key, binding])).values()];
  return (
    <Dialog title={words.keys.title} close={close} keys={[{ key: '?', label: '', run: close }]}>
      <dl className={styles.keyList}>
        {unique.map(({ key, label }) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              {key.split(' ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
