import { useDeadLetters } from '../../data/system.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page, Table } from '../../parts/page.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';

const TEXTS = words.deadLetters;

/** Records that were put aside, with the reason of each. */
export default function DeadLettersPage() {
  const query = useDeadLetters();
  return (
    <Page title={TEXTS.title}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={TEXTS.none} />
          ) : (
            <Card title={TEXTS.intro}>
              <Table label={TEXTS.title} heads={Object.values(TEXTS.columns)}>
                {items.map(({ id, stage, reason, message, attempts, lastFailedAt }) => (
                  <tr key={id}>
                    <td>{stage}</td>
                    <td>{reason}</td>
                    <td>
                      <bdi>{message}</bdi>
                    </td>
                    <td>{attempts}</td>
                    <td>
                      <Instant at={lastFailedAt} as="ago" />
                    </td>
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
