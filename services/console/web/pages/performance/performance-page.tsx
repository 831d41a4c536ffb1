import { type Performance } from '@leakwatch/console/schemas';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'wouter';
import { useChoices } from '../../data/queue.ts';
import { usePerformance } from '../../data/system.ts';
import { Card, Facts } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page, Table } from '../../parts/page.tsx';
import { Loaded, Slow } from '../../parts/states.tsx';
import { describeDuration } from '../../lib/time-left.ts';
import { formatShare } from '../../lib/format-time.ts';
import { words } from '../../words/index.ts';
import { HeatMap } from './heat-map.tsx';
import { LatencyBars } from './latency-bars.tsx';
import styles from './performance.module.css';
import { CoverageTile, DetectionTile, PrecisionTile, RecallTile } from './tiles.tsx';
import { DEFAULT_DAYS, useScope } from './use-scope.ts';

const TEXTS = words.performance;
const DayCharts = lazy(() => import('./day-charts.tsx'));

/** How good the detection and the people are, each rate with its doubt. */
export default function PerformancePage() {
  const [params, setParams] = useSearchParams();
  const scope = useScope(params);
  const query = usePerformance(scope);
  const { data: choices } = useChoices();
  const days = params.get('days') ?? DEFAULT_DAYS;
  const campaign = choices?.campaigns.find(({ id }) => id === params.get('campaign'))?.name;
  const set = (key: string, value: string) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      if (value === '') next.delete(key);
      else next.set(key, value);
      return next;
    });
  return (
    <Page
      title={TEXTS.title}
      bar={
        <>
          <label className={styles.choice}>
            <span className="visually-hidden">{TEXTS.range}</span>
            <select value={days} onChange={(event) => set('days', event.currentTarget.value)}>
              {['30', '90', '365', 'all'].map((one) => (
                <option key={one} value={one}>
                  {TEXTS.ranges[one]}
                </option>
              ))}
            </select>
          </label>
          <label className={styles.choice}>
            <span className="visually-hidden">{TEXTS.campaign}</span>
            <select
              value={params.get('campaign') ?? ''}
              onChange={(event) => set('campaign', event.currentTarget.value)}
            >
              <option value="">{TEXTS.allCampaigns}</option>
              {(choices?.campaigns ?? []).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <span className={styles.grow} />
          <a className={styles.action} href={`/v1/performance.csv?${scope.toString()}`} download>
            {TEXTS.csv}
          </a>
          <button type="button" className={styles.action} onClick={() => window.print()}>
            {TEXTS.print}
          </button>
        </>
      }
    >
      {/* On paper, where the choices above are missing. */}
      <p className={styles.printed}>
        {TEXTS.covers(campaign ?? TEXTS.allCampaigns, TEXTS.ranges[days] ?? days)}
      </p>
      <Loaded query={query}>{(data) => <Figures data={data} />}</Loaded>
    </Page>
  );
}

function Figures({ data }: { readonly data: Performance }) {
  return (
    <div className={styles.figures}>
      <div className={styles.tiles}>
        <PrecisionTile data={data} />
        <DetectionTile data={data} />
        <RecallTile data={data} />
        <CoverageTile data={data} />
      </div>
      <div className={styles.two}>
        <Suspense fallback={<Slow lines={3} />}>
          <DayCharts series={data.series} />
        </Suspense>
        <div className={styles.stack}>
          <Card title={TEXTS.distribution}>
            <LatencyBars latencies={data.latencies} />
          </Card>
          <Card title={TEXTS.heat}>
            <HeatMap heat={data.heat} />
          </Card>
          <Card title={TEXTS.recurrence}>
            <Recurrence recurrence={data.recurrence} />
          </Card>
        </div>
      </div>
      <div className={styles.two}>
        <Card title={TEXTS.answers}>
          <Answers byTier={data.byTier} />
        </Card>
        <Card title={TEXTS.workload}>
          <Workload data={data} />
        </Card>
      </div>
      <div className={styles.two}>
        <Card title={TEXTS.breakdown}>
          <PrecisionTable rows={data.precision} target={data.target} />
        </Card>
        <div className={styles.stack}>
          <Card title={TEXTS.byCampaign}>
            <Counts rows={data.byCampaign} label={TEXTS.byCampaign} />
          </Card>
          <Card title={TEXTS.byNiche}>
            <Counts
              rows={data.byNiche.map((row) => ({ ...row, name: row.name === '' ? TEXTS.noNiche : row.name }))}
              label={TEXTS.byNiche}
            />
          </Card>
          <Card title={TEXTS.byPlatform}>
            <Counts
              rows={data.byPlatform.map((row) => ({ ...row, name: words.engine.platform(row.name) }))}
              label={TEXTS.byPlatform}
            />
          </Card>
        </div>
      </div>
      <p className={styles.made}>
        {TEXTS.madeAt} <Instant at={data.madeAt} />
      </p>
    </div>
  );
}

function Recurrence({ recurrence }: { readonly recurrence: Performance['recurrence'] }) {
  const { creators, again, regressions } = recurrence;
  return (
    <Facts
      rows={[
        [TEXTS.again, TEXTS.of(again, creators)],
        [TEXTS.regressions, regressions.toLocaleString('en')],
      ]}
    />
  );
}

function Answers({ byTier }: { readonly byTier: Performance['byTier'] }) {
  return (
    <Facts
      rows={byTier.map(({ tier, inTime, answerMs }) => [
        words.tier(tier),
        [
          inTime.share === null
            ? words.notKnown
            : `${TEXTS.inTime} ${formatShare(inTime.share)}${describeInterval(inTime.interval)}, ${TEXTS.n(inTime.n)}`,
          ...(answerMs.p50 === null ? [] : [`${TEXTS.median} ${describeDuration(answerMs.p50)}`]),
        ].join(' · '),
      ])}
    />
  );
}

function describeInterval(interval: { low: number; high: number } | null): string {
  return interval === null
    ? ''
    : ` (${TEXTS.interval(formatShare(interval.low), formatShare(interval.high))})`;
}

function Workload({ data }: { readonly data: Performance }) {
  const { response, review } = data;
  const duration = (ms: number | null) =>
    ms === null ? words.notKnown : `${TEXTS.median} ${describeDuration(ms)}`;
  return (
    <Facts
      rows={[
        [
          TEXTS.inTime,
          response.inTime.share === null
            ? words.notKnown
            : `${formatShare(response.inTime.share)}${describeInterval(response.inTime.interval)}, ${TEXTS.n(response.inTime.n)}`,
        ],
        [TEXTS.answer, duration(response.answerMs.p50)],
        [TEXTS.resolution, duration(response.resolutionMs.p50)],
        [TEXTS.pending, response.pending.toLocaleString('en')],
        [TEXTS.reviewMinutes, review.minutes.toFixed(0)],
        [
          TEXTS.minutesPerCreator,
          review.minutesPerCreator === null ? words.notKnown : review.minutesPerCreator.toFixed(2),
        ],
      ]}
    />
  );
}

function PrecisionTable({
  rows,
  target,
}: {
  readonly rows: Performance['precision'];
  readonly target: number;
}) {
  const { data: choices } = useChoices();
  const names = new Map(choices?.campaigns.map(({ id, name }) => [id, name]));
  return (
    <Table
      label={TEXTS.breakdown}
      heads={[TEXTS.name, TEXTS.precision, TEXTS.number, TEXTS.unreviewedHead, TEXTS.provenHead]}
    >
      {rows.map(({ by, name, n, precision, interval, unreviewed, proven }) => (
        <tr key={`${by} ${name}`}>
          <td>{TEXTS.breakdownOf(by, by === 'campaign' ? (names.get(name) ?? name) : name)}</td>
          <td>
            {precision === null ? words.notKnown : `${formatShare(precision)}${describeInterval(interval)}`}
          </td>
          <td>{n.toLocaleString('en')}</td>
          <td>{unreviewed.toLocaleString('en')}</td>
          <td>{precision === null ? '' : TEXTS.proven(proven, formatShare(target))}</td>
        </tr>
      ))}
    </Table>
  );
}

function Counts({ rows, label }: { readonly rows: Performance['byCampaign']; readonly label: string }) {
  return (
    <Table label={label} heads={[TEXTS.name, TEXTS.alerts, TEXTS.confirmed]}>
      {rows.map(({ name, alerts, confirmed }) => (
        <tr key={name}>
          <td>{name}</td>
          <td>{alerts.toLocaleString('en')}</td>
          <td>{confirmed.toLocaleString('en')}</td>
        </tr>
      ))}
    </Table>
  );
}
