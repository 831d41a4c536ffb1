import { useRoutes } from '../../data/operations.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import styles from './rules.module.css';

const TEXTS = words.rules;

/** Which channel is told what. */
export function RoutesCard() {
  const query = useRoutes();
  return (
    <Card title={TEXTS.routes}>
      <Loaded query={query}>
        {({ text }) =>
          text === null ? (
            <p>{TEXTS.noRoutes}</p>
          ) : (
            <pre className={styles.text} tabIndex={0} role="region" aria-label={TEXTS.routes}>
              {text}
            </pre>
          )
        }
      </Loaded>
    </Card>
  );
}
