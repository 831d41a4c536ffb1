import { type NextSample, type ReviewSample } from '@leakwatch/console/schemas';
import { useState } from 'react';
import { useDecide, useNextSample, type ReviewDecision } from '../../data/review.ts';
import { useSession } from '../../data/session.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { ChoicePanel } from '../../parts/choice-panel.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { useToast } from '../../shell/toasts.tsx';
import { words } from '../../words/index.ts';
import styles from './review.module.css';

const TEXTS = words.review;

/** Posts drawn by chance, judged without knowing what was found in them: one key each. */
export default function ReviewPage() {
  const { may } = useSession();
  if (!may.work) {
    return (
      <Page title={TEXTS.title}>
        <Empty title={TEXTS.viewer} />
      </Page>
    );
  }
  return <Reviewing />;
}

function Reviewing() {
  const query = useNextSample();
  const { data } = query;
  return (
    <Page
      title={TEXTS.title}
      bar={
        data !== undefined && (
          <span className={styles.counts}>
            {TEXTS.waiting(data.waiting)} · {TEXTS.today(data.reviewedToday)}
          </span>
        )
      }
    >
      <Loaded query={query}>
        {({ sample, ...rest }) =>
          sample === null ? (
            <Empty title={TEXTS.done}>
              <p>{TEXTS.doneText}</p>
            </Empty>
          ) : (
            <Sample key={sample.id} sample={sample} campaigns={rest.campaigns} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Sample({
  sample,
  campaigns,
}: {
  readonly sample: ReviewSample;
  readonly campaigns: NextSample['campaigns'];
}) {
  const [isAsking, setIsAsking] = useState(false);
  const toast = useToast();
  const decide = useDecide((missed) => toast({ text: missed ? TEXTS.missed : TEXTS.noted }));
  const answer = (verdict: ReviewDecision['verdict'], campaignId: string | null = null) => {
    setIsAsking(false);
    decide.mutate(
      { id: sample.id, verdict, campaignId },
      { onError: (error) => toast({ text: describeRefusal(error), isError: true }) },
    );
  };
  const answers = [
    { key: 'l', name: TEXTS.leak, run: () => (campaigns.length > 0 ? setIsAsking(true) : answer('leak')) },
    { key: 'n', name: TEXTS.innocent, run: () => answer('innocent') },
    { key: 'u', name: TEXTS.unsure, run: () => answer('unsure') },
  ];
  useKeys(answers.map(({ key, name, run }) => ({ key, label: name, run })));
  return (
    <div className={styles.review}>
      <p className={styles.intro}>{TEXTS.intro}</p>
      <article className={styles.post} aria-label={TEXTS.post}>
        <header>
          <b>
            <bdi>@{sample.handle}</bdi>
          </b>{' '}
          <span>
            {words.engine.platform(sample.platform)} · <Instant at={sample.publishedAt} />
          </span>
        </header>
        {sample.fields.map(({ kind, text }, index) => (
          <div key={index}>
            {kind !== 'caption' && <small>{words.field[kind] ?? words.engine.inWords(kind)}</small>}
            <p className={styles.text} dir="auto">
              <bdi>{text}</bdi>
            </p>
          </div>
        ))}
        <div className={styles.pictures}>
          {sample.pictures.map(({ src, alt }, index) =>
            src === null ? null : <img key={index} src={src} alt={alt ?? words.queue.picture} />,
          )}
        </div>
      </article>
      <details className={styles.secrets}>
        <summary>{TEXTS.secrets}</summary>
        <ul>
          {campaigns.map(({ id, name, brief }) => (
            <li key={id}>
              <b>{name}</b> {brief}
            </li>
          ))}
        </ul>
      </details>
      <div className={styles.answers} role="toolbar" aria-label={TEXTS.title}>
        {isAsking && (
          <div className={styles.asking}>
            <ChoicePanel
              title={TEXTS.which}
              choices={campaigns.map(({ name }) => name)}
              close={() => setIsAsking(false)}
              choose={(index) => {
                const campaign = index === null ? undefined : campaigns[index];
                if (campaign !== undefined) answer('leak', campaign.id);
              }}
            />
          </div>
        )}
        {answers.map(({ key, name, run }) => (
          <button key={key} type="button" aria-keyshortcuts={key} disabled={decide.isPending} onClick={run}>
            {name} <kbd>{key}</kbd>
          </button>
        ))}
      </div>
    </div>
  );
}
