import { type Routes } from '@leakwatch/console/schemas';
import { useDecideRoutes, useRoutes } from '../../data/operations.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import { ProposalCard } from './proposal-card.tsx';
import styles from './rules.module.css';
import { TryRoutes } from './try-routes.tsx';

const TEXTS = words.rules;
const EXAMPLE =
  'match: first\nroutes:\n  - name: serious\n    when: { severities: [critical, high] }\n    channels: []\n';

/** Which channel is told what, and the change of it that waits. */
export function RoutesCards() {
  return (
    <Loaded query={useRoutes()}>
      {(routes) => (
        <>
          <Waiting routes={routes} />
          <Card title={TEXTS.routesOf[routes.source]}>
            {routes.problems.length > 0 && (
              <div role="alert">
                <p>{TEXTS.brokenRoutes}</p>
                {routes.problems.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </div>
            )}
            {routes.text === null ? (
              <p>{TEXTS.noRoutes}</p>
            ) : (
              <pre className={styles.text} tabIndex={0} role="region" aria-label={TEXTS.routes}>
                {routes.text}
              </pre>
            )}
            <TryRoutes
              // Routes that were approved meanwhile are the ones to edit.
              key={routes.text}
              text={routes.text ?? EXAMPLE}
              canPropose={routes.source !== 'file' && routes.proposal === null}
            />
          </Card>
        </>
      )}
    </Loaded>
  );
}

function Waiting({ routes: { text, proposal } }: { readonly routes: Routes }) {
  const decide = useDecideRoutes();
  if (proposal === null) return null;
  return <ProposalCard text={text ?? ''} proposal={proposal} decide={decide} texts={TEXTS.routesChange} />;
}
