import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type Creators } from '@leakwatch/console/schemas';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { creatorsQuery } from '../../data/system.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
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
  const query = useQuery({ ...creatorsQuery(q, tier), placeholderData: keepPreviousData });
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
        {(data) => (
          <div className={styles.stack}>
            <TierBoard tiers={data.tiers} chosen={tier} choose={setTier} />
            <CreatorTable data={data} />
            <div className={styles.two}>
              <Card title={TEXTS.matrix}>
                <RiskMatrix creators={data.items} />
              </Card>
              <Card title={TEXTS.moved}>
                <Moved moved={data.moved} />
              </Card>
            </div>
          </div>
        )}
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
            {words.tier(tier)} · {TEXTS.tierNames[tier - 1]}
          </span>
        </button>
      ))}
    </div>
  );
}

function CreatorTable({ data }: { readonly data: Creators }) {
  const { columns } = TEXTS;
  if (data.items.length === 0) return <p>{TEXTS.none}</p>;
  return (
    <Card title={TEXTS.total(data.total)}>
      <Table label={TEXTS.title} heads={Object.values(columns)}>
        {data.items.map((creator) => (
          <tr key={creator.id}>
            <td>
              <b>{creator.name}</b>
              <span className={styles.accounts}>
                {creator.accounts
                  .map(({ platform, handle }) => `${platform} ${handle ?? ''}`.trim())
                  .join(', ')}
              </span>
            </td>
            <td title={creator.reasons.join(', ')}>{creator.tier}</td>
            <td>{creator.riskScore ?? '—'}</td>
            <td>{creator.followers.toLocaleString('en')}</td>
            <td title={creator.coverageWhy}>
              <span data-coverage={creator.coverage} className={styles.coverage}>
                {TEXTS.coverage[creator.coverage]}
              </span>
              <span className={styles.accounts}>
                {creator.lastHeardAt === null ? TEXTS.never : <Instant at={creator.lastHeardAt} as="ago" />}
              </span>
            </td>
            <td>
              {creator.incidents}
              {creator.openIncidents > 0 && (
                <span className={styles.accounts}>{TEXTS.open(creator.openIncidents)}</span>
              )}
            </td>
            <td>{creator.confirmed}</td>
            <td>{creator.partnerships}</td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function Moved({ moved }: { readonly moved: Creators['moved'] }) {
  if (moved.length === 0) return <p className={styles.note}>{TEXTS.nobodyMoved}</p>;
  return (
    <ul className={styles.plain}>
      {moved.map(({ creatorId, campaignId, from, to, reasons, at }) => (
        <li key={`${creatorId} ${campaignId} ${at}`}>
          <b>{creatorId}</b> {TEXTS.from(from, to)} <Instant at={at} as="ago" />
          <span className={styles.accounts}>
            {campaignId}: {reasons.join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
