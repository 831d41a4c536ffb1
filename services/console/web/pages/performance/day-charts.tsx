import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type Performance } from '@leakwatch/console/schemas';
import { useEffect, useMemo, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { describeDuration } from '../../lib/time-left.ts';
import { Card } from '../../parts/card.tsx';
import { Table } from '../../parts/page.tsx';
import { words } from '../../words/index.ts';
import { trendOf } from '../../lib/trend.ts';
import { latencyOptions, volumeOptions, workloadOptions } from './chart-options.ts';
import styles from './performance.module.css';

const TEXTS = words.performance;
const FEWEST_DAYS = 2;

/** Detection latency and incidents by day, and the workload by week. The same figures stand in tables. */
export default function DayCharts({ series }: { readonly series: Performance['series'] }) {
  const { latency, alerts, workload } = series;
  // A chart is drawn again only when its figures change.
  const latencyData = useMemo(() => alignLatency(latency), [latency]);
  const volumeData = useMemo(() => alignVolume(alerts), [alerts]);
  const workloadData = useMemo(() => alignWorkload(workload), [workload]);
  return (
    <div className={styles.stack}>
      <Card title={TEXTS.latencyChart}>
        {latency.length < FEWEST_DAYS ? (
          <p className={styles.detail}>{TEXTS.noSeries}</p>
        ) : (
          <Chart label={TEXTS.latencyLabel(latency.length)} make={latencyOptions} data={latencyData} />
        )}
        <details className={styles.more}>
          <summary>{TEXTS.showTable}</summary>
          <Table label={TEXTS.latencyChart} heads={[TEXTS.day, TEXTS.number, TEXTS.p50, TEXTS.p95]}>
            {latency.map(({ day, n, p50, p95 }) => (
              <tr key={day}>
                <td>{day.slice(0, 10)}</td>
                <td>{n}</td>
                <td>{describeDuration(p50)}</td>
                <td>{describeDuration(p95)}</td>
              </tr>
            ))}
          </Table>
        </details>
      </Card>
      <Card title={TEXTS.volumeChart}>
        {alerts.length < FEWEST_DAYS ? (
          <p className={styles.detail}>{TEXTS.noSeries}</p>
        ) : (
          <Chart label={TEXTS.volumeLabel(alerts.length)} make={volumeOptions} data={volumeData} />
        )}
        <details className={styles.more}>
          <summary>{TEXTS.showTable}</summary>
          <Table label={TEXTS.volumeChart} heads={[TEXTS.day, TEXTS.opened, TEXTS.resolved]}>
            {alerts.map(({ day, opened, resolved }) => (
              <tr key={day}>
                <td>{day.slice(0, 10)}</td>
                <td>{opened}</td>
                <td>{resolved}</td>
              </tr>
            ))}
          </Table>
        </details>
      </Card>
      <Card title={TEXTS.workloadChart}>
        <p className={styles.detail}>{TEXTS.trends[trendOf(workloadData[1])]}</p>
        {workload.length >= FEWEST_DAYS && (
          <Chart label={TEXTS.workloadLabel(workload.length)} make={workloadOptions} data={workloadData} />
        )}
        <details className={styles.more}>
          <summary>{TEXTS.showTable}</summary>
          <Table label={TEXTS.workloadChart} heads={[TEXTS.week, TEXTS.alerts, TEXTS.reviewMinutes]}>
            {workload.map(({ week, incidents, minutes }) => (
              <tr key={week}>
                <td>{week}</td>
                <td>{incidents}</td>
                <td>{minutes.toFixed(0)}</td>
              </tr>
            ))}
          </Table>
        </details>
      </Card>
    </div>
  );
}

type Aligned = [number[], number[], number[]];

function secondsOf({ day }: { readonly day: string }): number {
  return Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 1000;
}

/** Latencies as powers of ten: they lie between milliseconds and days. */
function alignLatency(latency: Performance['series']['latency']): Aligned {
  return [
    latency.map(secondsOf),
    latency.map(({ p50 }) => Math.log10(Math.max(p50, 1))),
    latency.map(({ p95 }) => Math.log10(Math.max(p95, 1))),
  ];
}

function alignVolume(alerts: Performance['series']['alerts']): Aligned {
  return [alerts.map(secondsOf), alerts.map(({ opened }) => opened), alerts.map(({ resolved }) => resolved)];
}

/** Per hundred creators: one creator's share is a small number. */
function alignWorkload(workload: Performance['series']['workload']): Aligned {
  return [
    workload.map(({ week }) => secondsOf({ day: week })),
    workload.map(({ incidentsPerCreator }) => (incidentsPerCreator ?? 0) * 100),
    workload.map(({ minutesPerCreator }) => (minutesPerCreator ?? 0) * 100),
  ];
}

function Chart(props: {
  readonly label: string;
  readonly data: Aligned;
  readonly make: (width: number, color: (name: string) => string) => UPlot.Options;
}) {
  const { label, data, make } = props;
  const { ref, width } = useElementSize<HTMLDivElement>();
  const box = useRef<HTMLDivElement>(null);

  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    if (box.current === null || width === 0) return undefined;
    const colors = getComputedStyle(document.documentElement);
    const chart = new UPlot(
      make(width, (name) => colors.getPropertyValue(name).trim()),
      data,
      box.current,
    );
    return () => chart.destroy();
  }, [width, scheme, data, make]);
  return (
    <div ref={ref} className={styles.chart}>
      <div ref={box} role="img" aria-label={label} />
    </div>
  );
}
