import UPlot from 'uplot';
import { formatDay } from '../../lib/format-time.ts';
import { describeDuration } from '../../lib/time-left.ts';
import { words } from '../../words/index.ts';

const HEIGHT = 190;
const FOUR_HOURS_MS = 4 * 3_600_000;
/** The scale as powers of ten of a millisecond: 10 ms to 28 hours. */
const LOWEST = 1;
const HIGHEST = 8;
const DASH = [5, 4];
const DAY_S = 86_400;
/** Days between the marks of a chart. */
const STEPS_S = [1, 2, 7, 14, 28, 91].map((days) => days * DAY_S);
/** A second, a minute, an hour, a day. */
const MARKS_MS = [1000, 60_000, 3_600_000, 86_400_000];
const TEXTS = words.performance;

type Color = (name: string) => string;

/** Latency by day, as powers of ten of a millisecond; the dashed line is the promise of four hours. */
export function latencyOptions(width: number, color: Color): UPlot.Options {
  return {
    ...shared(width),
    scales: {
      x: { time: true },
      y: { range: (_chart, low, high) => [Math.min(LOWEST, low), Math.max(HIGHEST, high)] },
    },
    axes: [
      dayAxis(color),
      {
        ...axis(color),
        size: 62,
        splits: () => MARKS_MS.map((ms) => Math.log10(ms)),
        values: () => MARKS_MS.map((ms) => describeDuration(ms)),
      },
    ],
    series: [
      {},
      { label: TEXTS.p50, stroke: color('--accent'), width: 2 },
      { label: TEXTS.p95, stroke: color('--mute'), width: 1, dash: [2, 3] },
    ],
    hooks: {
      draw: [
        (chart) => {
          const y = chart.valToPos(Math.log10(FOUR_HOURS_MS), 'y', true);
          const { ctx, bbox } = chart;
          ctx.save();
          ctx.strokeStyle = color('--ink');
          ctx.setLineDash(DASH);
          ctx.beginPath();
          ctx.moveTo(bbox.left, y);
          ctx.lineTo(bbox.left + bbox.width, y);
          ctx.stroke();
          ctx.restore();
        },
      ],
    },
  };
}

/** Opened and resolved incidents by day. */
export function volumeOptions(width: number, color: Color): UPlot.Options {
  return {
    ...shared(width),
    height: 130,
    scales: { x: { time: true }, y: { range: (_chart, _low, high) => [0, Math.max(high, 4)] } },
    axes: [dayAxis(color), { ...axis(color), size: 62 }],
    series: [
      {},
      { label: TEXTS.opened, stroke: color('--accent'), width: 2 },
      { label: TEXTS.resolved, stroke: color('--mute'), width: 1, dash: [2, 3] },
    ],
  };
}

/** Incidents and minutes of review by week, of a hundred creators. */
export function workloadOptions(width: number, color: Color): UPlot.Options {
  const [, incidents, minutes] = volumeOptions(width, color).series;
  return {
    ...volumeOptions(width, color),
    series: [{}, { ...incidents, label: TEXTS.incidentsPer100 }, { ...minutes, label: TEXTS.minutesPer100 }],
  };
}

function shared(width: number): Pick<UPlot.Options, 'width' | 'height' | 'legend' | 'cursor' | 'tzDate'> {
  return {
    width,
    height: HEIGHT,
    legend: { show: true, live: false },
    cursor: { drag: { x: false, y: false } },
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'UTC'),
  };
}

/** Days as everywhere else on the pages. */
function dayAxis(color: Color): UPlot.Axis {
  return {
    ...axis(color),
    incrs: STEPS_S,
    values: (_chart, ticks) => ticks.map((tick) => formatDay(tick * 1000)),
  };
}

function axis(color: Color): UPlot.Axis {
  return {
    stroke: color('--mute'),
    font: '11px system-ui, sans-serif',
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
  };
}
