import { type Incident, type QueueItem } from '@leakwatch/console/schemas';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { Link } from 'wouter';
import { incidentQuery } from '../data/queue.ts';
import { formatInstant } from '../lib/format-time.ts';
import { describeDuration } from '../lib/time-left.ts';
import { useNow } from '../parts/now.tsx';
import { SeverityTag } from '../parts/severity.tsx';
import { Broken, Slow } from '../parts/states.tsx';
import { words } from '../words/index.ts';
import { ComparePictures } from './compare-pictures.tsx';
import { EmbargoLine } from './embargo-line.tsx';
import styles from './incident.module.css';
import { PlaybookCard } from './playbook-card.tsx';
import { PostCard } from './post-card.tsx';
import {
  CreatorCard,
  NoticesCard,
  SeverityCard,
  TimelineCard,
  TipsCard,
  VerdictsCard,
} from './side-cards.tsx';
import { useReveal } from './use-reveal.ts';

const TEXTS = words.incident;

/** One incident: what decides first, then what happened, then who and what to do. The row's own facts stand at once. */
export const IncidentView = memo(function IncidentView({
  item,
  headingLevel,
}: {
  readonly item: QueueItem;
  readonly headingLevel: 1 | 2;
}) {
  const { data, error, refetch } = useQuery(incidentQuery(item.id));
  const reveal = useReveal(item.id, item.redacted);
  const incident = reveal.shown ?? data;
  return (
    <div className={styles.view}>
      <Head item={reveal.shown ?? item} level={headingLevel} />
      {item.redacted && <RevealBar reveal={reveal} />}
      {incident !== undefined && <Evidence incident={incident} />}
      {incident === undefined && error !== null && <Broken error={error} retry={() => void refetch()} />}
      {incident === undefined && error === null && <Slow lines={5} />}
    </div>
  );
});

function Head({ item, level }: { readonly item: QueueItem; readonly level: 1 | 2 }) {
  const Heading = level === 1 ? 'h1' : 'h2';
  const { creator, campaign, resolution, assignee } = item;
  return (
    <header>
      <div className={styles.head}>
        <Heading className={styles.title}>{item.title}</Heading>
        <SeverityTag severity={item.severity} points={item.priority} />
      </div>
      <p className={styles.sub}>
        {creator.name} · {campaign.name} · {TEXTS.foundAfter(describeDuration(item.detectionLatencyMs))} ·{' '}
        {TEXTS.inIncident(item.posts)} · {words.state[item.state]}
        {assignee !== null && ` · ${words.queue.assignee(assignee)}`}
      </p>
      {resolution !== null && (
        <p className={styles.resolved}>{TEXTS.resolvedAs(words.resolution[resolution] ?? resolution)}</p>
      )}
    </header>
  );
}

function RevealBar({ reveal }: { readonly reveal: ReturnType<typeof useReveal> }) {
  return (
    <div className={styles.reveal}>
      <span role="status">{reveal.shown === null ? TEXTS.redacted : TEXTS.revealed}</span>
      <button
        type="button"
        onPointerDown={reveal.start}
        onPointerUp={reveal.stop}
        onPointerLeave={reveal.stop}
        onKeyDown={({ key }) => {
          if (key === ' ' || key === 'Enter') reveal.start();
        }}
        onKeyUp={reveal.stop}
        onBlur={reveal.stop}
      >
        {TEXTS.reveal} <kbd>r</kbd>
      </button>
    </div>
  );
}

function Evidence({ incident }: { readonly incident: Incident }) {
  const now = useNow();
  const { embargo, pictureMatches, postList, duplicateOf } = incident;
  const secret =
    embargo.liftsAt === null || Date.parse(embargo.liftsAt) < now
      ? TEXTS.pictures.secret
      : TEXTS.pictures.secretUntil(formatInstant(embargo.liftsAt, now));
  return (
    <>
      {duplicateOf !== null && (
        <p className={styles.resolved}>
          {TEXTS.duplicateOf} <Link href={`/alerts/${duplicateOf}`}>{duplicateOf.slice(0, 8)}</Link>
        </p>
      )}
      <EmbargoLine embargo={embargo} />
      {pictureMatches.length > 0 && <ComparePictures matches={pictureMatches} secret={secret} />}
      <div className={styles.posts}>
        {postList.map((post) => (
          <PostCard key={post.id} post={post} followers={incident.creator.followers} />
        ))}
      </div>
      <div className={styles.columns}>
        <div>
          <TimelineCard incident={incident} />
          <NoticesCard notices={incident.notices} />
          <TipsCard tips={incident.tips} />
        </div>
        <div>
          <VerdictsCard verdicts={incident.verdicts} />
          <CreatorCard creator={incident.creatorHistory} />
          <PlaybookCard id={incident.id} playbook={incident.playbook} />
          <SeverityCard incident={incident} />
        </div>
      </div>
    </>
  );
}
