import { useAudit, useSystem } from '../../data/system.ts';
import { useSession } from '../../data/session.ts';
import { useCampaignNames } from '../../parts/use-campaign-names.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page, Table } from '../../parts/page.tsx';
import { Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import styles from './system.module.css';

const TEXTS = words.systemPage;

/** Whether leakwatch itself is well, and who did what in it. */
export default function SystemPage() {
  const query = useSystem();
  const { may } = useSession();
  return (
    <Page title={TEXTS.title}>
      <div className={styles.stack}>
        <Loaded query={query}>
          {({ healthy, problems, processes }) => (
            <>
              <Card title={healthy ? TEXTS.healthy : TEXTS.problems}>
                <ul className={styles.problems}>
                  {problems.map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              </Card>
              <Card title={TEXTS.processes}>
                <Table label={TEXTS.processes} heads={Object.values(TEXTS.columns)}>
                  {processes.map(({ name, host, version, writtenAt, ready }) => (
                    <tr key={`${name} ${host}`}>
                      <td>{name}</td>
                      <td>{host}</td>
                      <td>{version}</td>
                      <td>
                        <Instant at={writtenAt} as="ago" />
                      </td>
                      <td>{ready ? words.yes : words.no}</td>
                    </tr>
                  ))}
                </Table>
              </Card>
            </>
          )}
        </Loaded>
        {may.lead && <AuditCard />}
      </div>
    </Page>
  );
}

function AuditCard() {
  const query = useAudit();
  const nameCampaigns = useCampaignNames();
  return (
    <Card title={TEXTS.audit}>
      <Loaded query={query}>
        {({ items }) => (
          <Table label={TEXTS.audit} heads={Object.values(TEXTS.auditColumns)}>
            {items.map(({ seq, at, actor, action, subject, account, detail }) => (
              <tr key={seq}>
                <td>
                  <Instant at={at} />
                </td>
                <td>{actor}</td>
                <td>{words.engine.audit(action)}</td>
                <td>{account === null ? words.engine.auditSubject(subject) : TEXTS.account(account)}</td>
                <td>{TEXTS.auditDetail(detail, nameCampaigns)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Loaded>
    </Card>
  );
}
