import { Button } from '@mantine/core';
import { useDecideRules, useEndSilence } from '../../data/operations.ts';
import { useSession } from '../../data/session.ts';
import { useRules, useSilences } from '../../data/system.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page, Table } from '../../parts/page.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import { NewSilence } from './new-silence.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { RoutesCards } from './routes-cards.tsx';
import styles from './rules.module.css';
import { TryRules } from './try-rules.tsx';

const TEXTS = words.rules;

/** The silences, the rules that choose each creator's tier, and the routes of notices. */
export default function RulesPage() {
  const silences = useSilences();
  const rules = useRules();
  const { may, account } = useSession();
  const seesAll = may.lead && account.campaigns === null;
  const end = useEndSilence();
  const decide = useDecideRules();
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
                      <td>
                        {may.lead && (
                          <Button
                            size="xs"
                            variant="default"
                            aria-label={TEXTS.endOf(id)}
                            onClick={() => end.mutate(id)}
                          >
                            {TEXTS.end}
                          </Button>
                        )}
                      </td>
                    </tr>
                  ))}
                </Table>
              )
            }
          </Loaded>
          <p role="alert">{end.error !== null && describeRefusal(end.error)}</p>
          {may.lead && <NewSilence />}
        </Card>
        <Loaded query={rules}>
          {(inForce) => (
            <>
              {seesAll && inForce.proposal !== null && (
                <ProposalCard
                  text={inForce.text}
                  proposal={inForce.proposal}
                  decide={decide}
                  texts={TEXTS.rulesChange}
                />
              )}
              <Card title={`${TEXTS.sources[inForce.source]} · ${inForce.hash.slice(0, 12)}`}>
                <pre className={styles.text} tabIndex={0} role="region" aria-label={TEXTS.rules}>
                  {inForce.text}
                </pre>
              </Card>
              {seesAll && (
                <TryRules
                  // Rules that were approved meanwhile are the ones to edit.
                  key={inForce.hash}
                  text={inForce.text}
                  canPropose={inForce.source !== 'file' && inForce.proposal === null}
                />
              )}
            </>
          )}
        </Loaded>
        {seesAll && <RoutesCards />}
      </div>
    </Page>
  );
}
