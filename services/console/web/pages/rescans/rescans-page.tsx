import { Button } from '@mantine/core';
import { type Rescans } from '@leakwatch/console/schemas';
import { useState } from 'react';
import { useChangeRescan } from '../../data/operations.ts';
import { useSession } from '../../data/session.ts';
import { useRescans } from '../../data/system.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page, Table } from '../../parts/page.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import { RescanResult } from './rescan-result.tsx';
import styles from './rescans.module.css';
import { StartRescan } from './start-rescan.tsx';

const TEXTS = words.rescans;

/** The changes that each state allows. */
const CHANGES: Readonly<Record<string, readonly ('pause' | 'resume' | 'cancel')[]>> = {
  waiting: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
};

/** Re-scans of history: asked for, followed, paused, and read. */
export default function RescansPage() {
  const { may, account } = useSession();
  const query = useRescans();
  const change = useChangeRescan();
  const [open, setOpen] = useState<string | null>(null);
  const mayChange = may.lead && account.campaigns === null;
  return (
    <Page title={TEXTS.title}>
      <div className={styles.stack}>
        {mayChange && <StartRescan />}
        <Loaded query={query}>
          {({ items, schedule }) =>
            items.length === 0 ? (
              <Empty title={TEXTS.none}>
                <Schedule schedule={schedule} />
              </Empty>
            ) : (
              <Card title={TEXTS.all} aside={<Schedule schedule={schedule} />}>
                <Table label={TEXTS.title} heads={Object.values(TEXTS.columns)}>
                  {items.map(({ id, state, cause, requestedBy, requestedAt, scanned, total, found }) => (
                    <tr key={id}>
                      <td>{TEXTS.states[state] ?? state}</td>
                      <td>{words.engine.rescanCause(cause)}</td>
                      <td>{requestedBy === null ? words.system : words.engine.tierReason(requestedBy)}</td>
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
                      <td>
                        {mayChange && (
                          <div className={styles.actions}>
                            {(CHANGES[state] ?? []).map((to) => (
                              <Button
                                key={to}
                                size="xs"
                                variant="default"
                                aria-label={TEXTS.changeOf(TEXTS.changes[to], id)}
                                onClick={() => change.mutate({ id, change: to })}
                              >
                                {TEXTS.changes[to]}
                              </Button>
                            ))}
                            <Button
                              size="xs"
                              variant="default"
                              aria-expanded={open === id}
                              aria-label={TEXTS.changeOf(TEXTS.show, id)}
                              onClick={() => setOpen(open === id ? null : id)}
                            >
                              {TEXTS.show}
                            </Button>
                          </div>
                        )}
                      </td>
                    </tr>
                  ))}
                </Table>
                <p role="alert">{change.error !== null && describeRefusal(change.error)}</p>
              </Card>
            )
          }
        </Loaded>
        {open !== null && <RescanResult id={open} />}
      </div>
    </Page>
  );
}

function Schedule({ schedule }: { readonly schedule: Rescans['schedule'] }) {
  if (schedule === null) return <p className={styles.note}>{TEXTS.noSchedule}</p>;
  return (
    <p className={styles.note}>
      {TEXTS.schedule(schedule.cron, schedule.timeZone)} <Instant at={schedule.nextAt} />
    </p>
  );
}
