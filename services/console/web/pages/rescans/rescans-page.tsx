import { useRescans } from '../../data/system.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page, Table } from '../../parts/page.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';

const TEXTS = words.rescans;

/** Re-scans of history, with their progress. */
export default function RescansPage() {
  const query = useRescans();
  return (
    <Page title={TEXTS.title}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={TEXTS.none}>
              <p>{TEXTS.start}</p>
            </Empty>
          ) : (
            <Card title={TEXTS.start}>
              <Table label={TEXTS.title} heads={Object.values(TEXTS.columns)}>
                {items.map(({ id, state, cause, requestedBy, requestedAt, scanned, total, found }) => (
                  <tr key={id}>
                    <td>{state}</td>
                    <td>{cause}</td>
                    <td>{requestedBy ?? words.system}</td>
                    <td>
                      <Instant at={requestedAt} as="ago" />
                    </td>
                    <td>
                      {total !== null && total > 0 && (
                        <progress max={total} value={scanned} aria-label={TEXTS.columns.progress} />
                      )}{' '}
                      {TEXTS.of(scanned, total)}
                    </td>
                    <td>{found.toLocaleString('en')}</td>
                  </tr>
                ))}
              </Table>
            </Card>
          )
        }
      </Loaded>
    </Page>
  );
}
