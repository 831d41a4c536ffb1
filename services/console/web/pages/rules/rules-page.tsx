import { useRules, useSilences } from '../../data/system.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page, Table } from '../../parts/page.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import styles from './rules.module.css';

const TEXTS = words.rules;

/** Lists the silences, and the rules that choose each creator's tier. */
export default function RulesPage() {
  const silences = useSilences();
  const rules = useRules();
  return (
    <Page title={TEXTS.title}>
      <div className={styles.stack}>
        <Card title={TEXTS.silences}>
          <Loaded query={silences}>
            {({ items }) =>
              items.length === 0 ? (
                <p>{TEXTS.noSilences}</p>
              ) : (
                <Table label={TEXTS.silences} heads={Object.values(TEXTS.columns)}>
                  {items.map(({ id, creatorId, campaignId, itemId, tier, endsAt, reason, madeBy }) => (
                    <tr key={id}>
                      <td>
                        {[creatorId, campaignId, itemId, tier === null ? null : words.tier(tier)]
                          .filter((part) => part !== null)
                          .join(' · ')}
                      </td>
                      <td>
                        <Instant at={endsAt} />
                      </td>
                      <td>{reason}</td>
                      <td>{madeBy}</td>
                    </tr>
                  ))}
                </Table>
              )
            }
          </Loaded>
        </Card>
        <Loaded query={rules}>
          {({ source, hash, text }) => (
            <Card title={`${TEXTS.source(source)} · ${hash.slice(0, 12)}`}>
              <pre className={styles.text} tabIndex={0} role="region" aria-label={TEXTS.rules}>
                {text}
              </pre>
            </Card>
          )}
        </Loaded>
      </div>
    </Page>
  );
}
