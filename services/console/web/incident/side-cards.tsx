import { type Incident } from '@leakwatch/console/schemas';
import { Link } from 'wouter';
import { useSession } from '../data/session.ts';
import { formatClock, withTimes } from '../lib/format-time.ts';
import { Card, Facts } from '../parts/card.tsx';
import { Instant } from '../parts/instant.tsx';
import { useNow } from '../parts/now.tsx';
import { SeverityTag } from '../parts/severity.tsx';
import { words } from '../words/index.ts';
import styles from './incident.module.css';

const TEXTS = words.incident;
const ENGINE = words.engine;

export function TimelineCard({ incident }: { readonly incident: Incident }) {
  const now = useNow();
  return (
    <Card title={TEXTS.timeline}>
      <ol className={styles.timeline}>
        {incident.timeline.map((entry, index) => (
          <li key={index}>
            <time dateTime={entry.at}>{formatClock(entry.at, now)}</time>
            <TimelineText entry={entry} steps={incident.playbook.checklist} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function TimelineText(props: {
  readonly entry: Incident['timeline'][number];
  readonly steps: Incident['playbook']['checklist'];
}) {
  const now = useNow();
  const { what, by, match, note, details } = props.entry;
  const step = props.steps.find(({ id }) => id === note)?.text;
  const said =
    match !== null && what === 'matched' ? TEXTS.found(match) : ENGINE.historyNote(what, step ?? note);
  const about = match === null ? ENGINE.historyDetails(what, details) : TEXTS.foundItem(match);
  return (
    <span>
      {ENGINE.happened(what)}
      {by !== null && ` ${words.by(by)}`}
      {said !== '' && <span className={styles.faint}> · {withTimes(said, now)}</span>}
      {about !== '' && (
        <span className={styles.details}>
          <bdi>{about}</bdi>
        </span>
      )}
    </span>
  );
}

export function NoticesCard({ notices }: { readonly notices: Incident['notices'] }) {
  return (
    <Card title={TEXTS.notices}>
      {notices.length === 0 && <p className={styles.note}>{TEXTS.noNotices}</p>}
      <ul className={styles.plainList}>
        {notices.map(({ channel, change, state, at, attempts, error }, index) => (
          <li key={index}>
            <b>{ENGINE.channel(channel)}</b> {TEXTS.noticeState[state] ?? state}: {ENGINE.happened(change)}{' '}
            {at !== null && <Instant at={at} as="ago" />}
            {state !== 'told' && attempts > 0 && ` · ${TEXTS.attempts(attempts)}`}
            {error !== null && <span className={styles.details}>{error}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function CreatorCard({ creator }: { readonly creator: Incident['creatorHistory'] }) {
  const texts = TEXTS.creator;
  const now = useNow();
  const { account } = useSession();
  const { verdicts, incidents, accounts } = creator;
  const given = verdicts.confirmed + verdicts.falsePositive + verdicts.approved;
  const rows: [string, string][] = [
    [
      texts.tier,
      [
        words.tier(creator.tier),
        ...creator.tierReasons.map((reason) => withTimes(ENGINE.tierReason(reason), now)),
      ].join(', '),
    ],
    [texts.score, creator.riskScore === null ? words.notKnown : words.score(creator.riskScore)],
    [
      texts.verdicts,
      given === 0
        ? texts.noVerdicts
        : texts.verdictCounts(verdicts.confirmed, verdicts.falsePositive, verdicts.approved),
    ],
    [texts.audience, creator.followers === null ? words.notKnown : words.followers(creator.followers)],
    [texts.partnerships, creator.partnerships === null ? words.notKnown : String(creator.partnerships)],
    [texts.accounts, accounts.map(({ platform, handle }) => ENGINE.account(platform, handle)).join(', ')],
  ];
  return (
    <Card title={creator.registered ? creator.name : `${creator.name} · ${words.unregistered}`}>
      <Facts rows={rows.filter(([, value]) => value !== '')} />
      {account.campaigns !== null && <p className={styles.faint}>{words.creators.ownCampaigns}</p>}
      {incidents.length > 0 && (
        <>
          <h3 className={styles.subhead}>{texts.others}</h3>
          <ul className={styles.plainList}>
            {incidents.slice(0, 5).map(({ id, campaign, severity, state, resolution, openedAt }) => (
              <li key={id}>
                <Link href={`/alerts/${id}`}>{campaign}</Link> <SeverityTag severity={severity} />{' '}
                {resolution === null ? words.state[state] : (words.resolution[resolution] ?? resolution)}{' '}
                <Instant at={openedAt} as="ago" />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

export function SeverityCard({ incident }: { readonly incident: Incident }) {
  return (
    <Card title={TEXTS.severityReasons}>
      <ul className={styles.plainList}>
        <li>{TEXTS.rule(ENGINE.rule(incident.ruleId))}</li>
        {incident.severityReasons.map(ENGINE.severityPart).map(({ points, reason }) => (
          <li key={reason} className={styles.part}>
            {reason} <span className={styles.faint}>{TEXTS.points(points)}</span>
          </li>
        ))}
        <li className={styles.faint}>{TEXTS.priority(incident.priority)}</li>
      </ul>
    </Card>
  );
}

export function VerdictsCard({ verdicts }: { readonly verdicts: Incident['verdicts'] }) {
  if (verdicts.length === 0) return null;
  return (
    <Card title={TEXTS.verdicts}>
      <ul className={styles.plainList}>
        {verdicts.map(({ verdict, reason, givenBy, givenAt }) => (
          <li key={givenAt}>
            <b>{words.verdict[verdict]}</b> {words.by(givenBy)} <Instant at={givenAt} as="ago" />
            <span className={styles.details}>{reason}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function TipsCard({ tips }: { readonly tips: Incident['tips'] }) {
  if (tips.length === 0) return null;
  return (
    <Card title={TEXTS.tips}>
      <ul className={styles.plainList}>
        {tips.map(({ id, receivedAt, senderClass, seen }) => (
          <li key={id}>
            {ENGINE.sender(senderClass)} <Instant at={receivedAt} as="ago" />
            <span className={styles.details}>
              <bdi>{seen}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
