import { useRescanResult } from '../../data/operations.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Table } from '../../parts/page.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useCampaignNames } from '../../parts/use-campaign-names.ts';
import { words } from '../../words/index.ts';

const TEXTS = words.rescans;

/** The findings of a re-scan, each beside what was known of it. */
export function RescanResult({ id }: { readonly id: string }) {
  const query = useRescanResult(id);
  const nameCampaigns = useCampaignNames();
  return (
    <Card title={TEXTS.results(id)}>
      <Loaded query={query}>
        {({ examined, unreadable, findings, items, error }) => (
          <>
            {error !== null && <p>{error}</p>}
            <p>
              {TEXTS.counts(examined, unreadable)}{' '}
              {Object.entries(findings)
                .map(([standing, n]) => `${TEXTS.standings[standing] ?? standing}: ${n.toLocaleString('en')}`)
                .join(', ')}
            </p>
            {items.length > 0 && (
              <Table label={TEXTS.results(id)} heads={Object.values(TEXTS.findingColumns)}>
                {items.map(
                  ({ standing, creatorId, platform, campaignId, item, confidence, publishedAt }, index) => (
                    <tr key={index}>
                      <td>{TEXTS.standings[standing] ?? standing}</td>
                      <td>{creatorId}</td>
                      <td>{words.engine.platform(platform)}</td>
                      <td>
                        {nameCampaigns([campaignId])} · <bdi>{item}</bdi>
                      </td>
                      <td>{words.confidence(confidence)}</td>
                      <td>
                        <Instant at={publishedAt} />
                      </td>
                    </tr>
                  ),
                )}
              </Table>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
