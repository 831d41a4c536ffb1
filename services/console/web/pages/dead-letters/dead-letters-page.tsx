import { Button } from '@mantine/core';
import { useReplay } from '../../data/operations.ts';
import { useSession } from '../../data/session.ts';
import { useDeadLetters } from '../../data/system.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page, Table } from '../../parts/page.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';

const TEXTS = words.deadLetters;
const SHORT_ID = 8;

/** Records that were put aside, with the reason of each; a lead has them processed again. */
export default function DeadLettersPage() {
  const { may, account } = useSession();
  const query = useDeadLetters();
  const replay = useReplay();
  const mayReplay = may.lead && account.campaigns === null;
  return (
    <Page title={TEXTS.title}>
      <div role="status">
        {replay.data !== undefined && TEXTS.replayed(replay.data.replayed, replay.data.failed.length)}
        {replay.data?.failed.map(({ id, message }) => (
          <p key={id}>
            {id.slice(0, SHORT_ID)}: {message}
          </p>
        ))}
        {replay.error !== null && describeRefusal(replay.error)}
      </div>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={TEXTS.none} />
          ) : (
            <Card
              title={TEXTS.intro}
              aside={
                mayReplay && (
                  <Button
                    size="xs"
                    variant="default"
                    loading={replay.isPending}
                    onClick={() => replay.mutate(items.map(({ id }) => id))}
                  >
                    {TEXTS.replayAll(items.length)}
                  </Button>
                )
              }
            >
              <Table label={TEXTS.title} heads={Object.values(TEXTS.columns)}>
                {items.map(({ id, stage, reason, message, attempts, place, lastFailedAt }) => (
                  <tr key={id}>
                    <td>{words.engine.stage(stage)}</td>
                    <td>
                      <bdi>{place}</bdi>
                    </td>
                    <td>{words.engine.failure(reason)}</td>
                    <td>
                      <bdi>{message}</bdi>
                    </td>
                    <td>{attempts}</td>
                    <td>
                      <Instant at={lastFailedAt} as="ago" />
                    </td>
                    <td>
                      {mayReplay && (
                        <Button
                          size="xs"
                          variant="default"
                          aria-label={TEXTS.replayOf(id.slice(0, SHORT_ID))}
                          onClick={() => replay.mutate([id])}
                        >
                          {TEXTS.replay}
                        </Button>
                      )}
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
