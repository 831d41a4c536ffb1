import { type WatchList } from '@leakwatch/console/schemas';
import { Link } from 'wouter';
import { useSession } from '../../data/session.ts';
import { useWatchList } from '../../data/system.ts';
import { formatInstant } from '../../lib/format-time.ts';
import { Card } from '../../parts/card.tsx';
import { Chip } from '../../parts/chip.tsx';
import { useNow } from '../../parts/now.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { words } from '../../words/index.ts';
import { TryIt } from './try-it.tsx';
import { VersionsCard } from './versions-card.tsx';
import styles from './watch-list.module.css';

const TEXTS = words.watchList;

/** The secrets that are watched for, and a field to try what would be found. */
export default function WatchListPage() {
  const query = useWatchList();
  const { may } = useSession();
  return (
    <Page
      title={TEXTS.title}
      bar={
        may.lead ? (
          <Link href="/watch-list/edit">{TEXTS.edit}</Link>
        ) : (
          <span className={styles.note}>{TEXTS.leadsEdit}</span>
        )
      }
    >
      <Loaded query={query}>
        {(list) =>
          list.version === 0 ? (
            <Empty title={TEXTS.none}>{may.lead && <Link href="/watch-list/edit">{TEXTS.edit}</Link>}</Empty>
          ) : (
            <div className={styles.columns}>
              <div className={styles.stack}>
                <TryIt />
                {list.campaigns.map((campaign) => (
                  <CampaignCard key={campaign.id} campaign={campaign} />
                ))}
              </div>
              <div className={styles.stack}>
                <Calendar campaigns={list.campaigns} />
                <VersionsCard list={list} />
              </div>
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

type Campaign = WatchList['campaigns'][number];

function CampaignCard({ campaign }: { readonly campaign: Campaign }) {
  const { name, brand, niche, sensitivity, brief, terms, assets } = campaign;
  return (
    <Card
      title={<span className={styles.name}>{name}</span>}
      aside={<span className={styles.note}>{TEXTS.openIncidents(campaign.openIncidents)}</span>}
    >
      <p className={styles.note}>
        {[brand, niche, TEXTS.sensitivity(sensitivity), TEXTS.creators(campaign.creators)]
          .filter((part) => part !== null)
          .join(' · ')}{' '}
        · <Lift liftsAt={campaign.liftsAt} /> ·{' '}
        {TEXTS.approved(campaign.approvedPosts, campaign.approvedTexts)}
      </p>
      {brief !== null && <p className={styles.brief}>{brief}</p>}
      <h3>{TEXTS.terms}</h3>
      <ul className={styles.terms}>
        {terms.map(({ id, text, kind }) => (
          <li key={id}>
            <bdi>{text}</bdi> {kind !== null && <Chip>{words.draft.kinds[kind] ?? kind}</Chip>}
          </li>
        ))}
      </ul>
      {assets.length > 0 && (
        <>
          <h3>{TEXTS.assets}</h3>
          <ul className={styles.assets}>
            {assets.map(({ id, name: asset, src, cleared }) => (
              <li key={id}>
                {src === null ? (
                  <span className={styles.hidden}>▇▇▇▇</span>
                ) : (
                  <img src={src} alt="" loading="lazy" />
                )}
                <span>
                  {asset} {cleared && <Chip>{TEXTS.cleared}</Chip>}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function Lift({ liftsAt }: { readonly liftsAt: string | null }) {
  const now = useNow();
  if (liftsAt === null) return TEXTS.noLift;
  const when = formatInstant(liftsAt, now);
  return <time dateTime={liftsAt}>{Date.parse(liftsAt) > now ? TEXTS.lifts(when) : TEXTS.lifted(when)}</time>;
}

/** Embargoes in the order in which they lift; those without a date at the end. */
function Calendar({ campaigns }: { readonly campaigns: readonly Campaign[] }) {
  const lift = ({ liftsAt }: Campaign) => (liftsAt === null ? Infinity : Date.parse(liftsAt));
  return (
    <Card title={TEXTS.calendar}>
      <ul className={styles.plain}>
        {campaigns
          .toSorted((one, other) => lift(one) - lift(other))
          .map(({ id, name, liftsAt }) => (
            <li key={id}>
              <b>{name}</b> <Lift liftsAt={liftsAt} />
            </li>
          ))}
      </ul>
    </Card>
  );
}
