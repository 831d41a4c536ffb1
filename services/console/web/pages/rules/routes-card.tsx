import { useRoutes } from '../../data/operations.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import styles from './rules.module.css';
import { TryRoutes } from './try-routes.tsx';

const TEXTS = words.rules;
const EXAMPLE =
  'match: first\nroutes:\n  - name: serious\n    when: { severities: [critical, high] }\n    channels: []\n';

/** Which channel is told what. */
export function RoutesCard() {
  const query = useRoutes();
  return (
    <Card title={TEXTS.routes}>
      <Loaded query={query}>
        {({ text }) =>
          text === null ? (
            <>
              <p>{TEXTS.noRoutes}</p>
              <TryRoutes text={EXAMPLE} />
            </>
          ) : (
            <>
              <pre className={styles.text} tabIndex={0} role="region" aria-label={TEXTS.routes}>
                {text}
              </pre>
              <TryRoutes text={text} />
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
