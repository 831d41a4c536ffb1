import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type CreatorRow, type Creators } from '@leakwatch/console/schemas';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../../data/session.ts';
import { useCreators } from '../../data/system.ts';
import { withTimes } from '../../lib/format-time.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { useNow } from '../../parts/now.tsx';
import { Page, Table } from '../../parts/page.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useKeys } from '../../shell/keys.tsx';
import { words } from '../../words/index.ts';
import styles from './creators.module.css';
import { RiskMatrix } from './risk-matrix.tsx';

const TEXTS = words.creators;
const TYPED_MS = 300;
const TIERS = [1, 2, 3, 4, 5] as const;

/** Who is watched how closely, and why. */
export default function CreatorsPage() {
  const [text, setText] = useState('');
  const [tier, setTier] = useState<number | null>(null);
  const [q] = useDebouncedValue(text.trim(), TYPED_MS);
  const query = useCreators(q, tier);
  const field = useRef<HTMLInputElement>(null);
  useKeys([{ key: '/', label: TEXTS.search, run: () => field.current?.focus() }]);
  return (
    <Page
      title={TEXTS.title}
      bar={
        <TextInput
          ref={field}
          type="search"
          className={styles.search}
          aria-label={TEXTS.search}
          placeholder={TEXTS.search}
          rightSection={<kbd>/</kbd>}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      }
    >
      <Loaded query={query}>
        {({ pages }) => {
          const [first] = pages;
          if (first === undefined) return null;
          return (
            <div className={styles.stack}>
              <TierBoard tiers={first.tiers} chosen={tier} choose={setTier} />
              <div className={styles.two}>
                <Card title={TEXTS.matrix}>
                  <RiskMatrix matrix={first.matrix} />
                </Card>
                <Card title={TEXTS.moved}>
                  <Moved moved={first.moved} />
                </Card>
              </div>
              <CreatorTable
                items={pages.flatMap(({ items }) => items)}
                total={first.total}
                more={query.hasNextPage ? () => void query.fetchNextPage() : null}
                isLoading={query.isFetchingNextPage}
              />
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

function TierBoard(props: {
  readonly tiers: Creators['tiers'];
  readonly chosen: number | null;
  readonly choose: (tier: number | null) => void;
}) {
  const { tiers, chosen, choose } = props;
  return (
    <div className={styles.board} role="group" aria-label={TEXTS.board}>
      {TIERS.map((tier) => (
        <button
          key={tier}
          type="button"
          aria-pressed={chosen === tier}
          onClick={() => choose(chosen === tier ? null : tier)}
        >
          <b>{(tiers.find((one) => one.tier === tier)?.count ?? 0).toLocaleString('en')}</b>
          <span>
            {TEXTS.tierNumber(tier)} · {words.engine.tierName(tier)}
          </span>
        </button>
      ))}
    </div>
  );
}

function CreatorTable(props: {
  readonly items: readonly CreatorRow[];
  readonly total: number;
  readonly more: (() => void) | null;
  readonly isLoading: boolean;
}) {
  const { items, total, more, isLoading } = props;
  const { account } = useSession();
  if (items.length === 0) return <p>{TEXTS.none}</p>;
  return (
    <Card title={TEXTS.total(total)}>
      {account.campaigns !== null && <p className={styles.note}>{TEXTS.ownCampaigns}</p>}
      <Table label={TEXTS.title} heads={Object.values(TEXTS.columns)}>
        {items.map((creator) => (
          <Row key={creator.id} creator={creator} />
        ))}
      </Table>
      {more !== null && (
        <Button variant="default" loading={isLoading} onClick={more} className={styles.more}>
          {TEXTS.more(items.length, total)}
        </Button>
      )}
    </Card>
  );
}

function Row({ creator }: { readonly creator: CreatorRow }) {
  const [, navigate] = useLocation();
  const now = useNow();
  const { id, accounts, reasons, coverage, lastHeardAt } = creator;
  // The creator stays out of the page's address.
  const showIncidents = () => navigate('/queue?state=all', { state: { creator: [id] } });
  return (
    <tr>
      <td>
        <b>{creator.name}</b>
        <span className={styles.accounts}>
          {accounts.map(({ platform, handle }) => words.engine.account(platform, handle)).join(', ')}
        </span>
      </td>
      <td>
        {words.tier(creator.tier)}
        <span className={styles.accounts}>{describeReasons(reasons, now)}</span>
      </td>
      <td>{creator.riskScore === null ? '—' : words.score(creator.riskScore)}</td>
      <td>{creator.followers.toLocaleString('en')}</td>
      <td>
        <span data-coverage={coverage} className={styles.coverage}>
          {TEXTS.coverage[coverage]}
        </span>
        <span className={styles.accounts}>
          {TEXTS.postsHeard(creator.postsHeard)}
          {lastHeardAt !== null && (
            <>
              , {TEXTS.last} <Instant at={lastHeardAt} as="ago" />
            </>
          )}
        </span>
        {coverage !== 'fresh' && <span className={styles.accounts}>{creator.coverageWhy}</span>}
      </td>
      <td>
        {creator.incidents === 0 ? (
          0
        ) : (
          <button
            type="button"
            className={styles.link}
            aria-label={TEXTS.incidentsOf(creator.name, creator.incidents)}
            onClick={showIncidents}
          >
            {creator.incidents}
          </button>
        )}
        {creator.openIncidents > 0 && (
          <span className={styles.accounts}>{TEXTS.open(creator.openIncidents)}</span>
        )}
      </td>
      <td>{TEXTS.verdicts(creator.confirmed, creator.falseAlarms, creator.approved)}</td>
      <td>{creator.partnerships}</td>
    </tr>
  );
}

/** Reasons for a tier. */
function describeReasons(reasons: readonly string[], now: number): string {
  return reasons.map((reason) => withTimes(words.engine.tierReason(reason), now)).join(', ');
}

function Moved({ moved }: { readonly moved: Creators['moved'] }) {
  const now = useNow();
  if (moved.length === 0) return <p className={styles.note}>{TEXTS.nobodyMoved}</p>;
  return (
    <ul className={styles.moved} tabIndex={0} aria-label={TEXTS.moved}>
      {moved.map(({ creatorId, name, campaignId, campaign, from, to, reasons, at }) => (
        <li key={`${creatorId} ${campaignId} ${at}`}>
          <b>{name}</b> {TEXTS.from(from, to)} <Instant at={at} as="ago" />
          <span className={styles.accounts}>
            {campaign}: {describeReasons(reasons, now)}
          </span>
        </li>
      ))}
    </ul>
  );
}
