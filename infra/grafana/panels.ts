import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type DataSourceRef,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** The data source of provisioning/datasources. */
const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: 'prometheus' };
const TAG = 'leakwatch';

interface Query {
  readonly expr: string;
  /** Like `{{lane}}`; the default shows every label. */
  readonly legend?: string;
  /** Shows 0 while nothing has been counted: the series of a counter begins with its first event. */
  readonly orZero?: true;
}

export interface PanelOptions {
  readonly title: string;
  /** Explains the figure; shown on hovering the title. */
  readonly description: string;
  readonly queries: readonly Query[];
  /** Grafana's name of the unit: `s`, `percentunit`, `short`. */
  readonly unit: string;
  /** Width in columns, out of 24. */
  readonly width: number;
  readonly height?: number;
  /** Yellow and red begin at these values. If red is the smaller one, low values are bad. */
  readonly limits?: { readonly yellow?: number; readonly red: number };
}

/** The newest value, as large as its panel, on its colour. */
export function figure(options: PanelOptions): StatBuilder {
  const panel = new StatBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(PROMETHEUS)
    .unit(options.unit)
    .span(options.width)
    .height(options.height ?? 4)
    .noValue('–')
    .colorMode(options.limits === undefined ? BigValueColorMode.None : BigValueColorMode.Background)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .thresholds(thresholdsOf(options.limits));
  for (const target of targetsOf(options.queries, true)) panel.withTarget(target);
  return panel;
}

/** Lines over time. */
export function graph(options: PanelOptions): TimeSeriesBuilder {
  const panel = new TimeSeriesBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(PROMETHEUS)
    .unit(options.unit)
    .span(options.width)
    .height(options.height ?? 8)
    .min(0)
    .fillOpacity(10)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    );
  if (options.limits !== undefined) {
    panel
      .thresholds(thresholdsOf(options.limits))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  for (const target of targetsOf(options.queries, false)) panel.withTarget(target);
  return panel;
}

export function row(title: string): RowBuilder {
  return new RowBuilder(title);
}

/** An empty dashboard with the settings that all of ours share, and links between them. */
export function board(options: { uid: string; title: string; description: string; from: string }) {
  return new DashboardBuilder(options.title)
    .uid(options.uid)
    .description(options.description)
    .tags([TAG])
    .readonly()
    .refresh('30s')
    .time({ from: options.from, to: 'now' })
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('leakwatch')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .keepTime(true)
        .includeVars(false)
        .asDropdown(false)
        .targetBlank(false)
        .icon('')
        .tooltip('')
        .url(''),
    );
}

function targetsOf(queries: readonly Query[], instant: boolean): DataqueryBuilder[] {
  return queries.map((query, index) => {
    const target = new DataqueryBuilder().refId(String.fromCharCode(65 + index)).expr(expressionOf(query));
    if (query.legend !== undefined) target.legendFormat(query.legend);
    return instant ? target.instant() : target.range();
  });
}

/** The 0 stands under the word `none` in the legend. */
function expressionOf({ expr, legend = '', orZero }: Query): string {
  if (orZero !== true) return expr;
  const [, label] = /\{\{(\w+)\}\}/.exec(legend) ?? [];
  const zero = label === undefined ? 'vector(0)' : `label_replace(vector(0), "${label}", "none", "", "")`;
  return `${expr} or on () ${zero}`;
}

function thresholdsOf(limits: PanelOptions['limits']): ThresholdsConfigBuilder {
  const thresholds = new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute);
  if (limits === undefined) return thresholds.steps([{ value: null, color: 'text' }]);
  const { yellow, red } = limits;
  if (yellow === undefined) {
    return thresholds.steps([
      { value: null, color: 'green' },
      { value: red, color: 'red' },
    ]);
  }
  const lowIsBad = red < yellow;
  return thresholds.steps(
    lowIsBad
      ? [
          { value: null, color: 'red' },
          { value: red, color: 'yellow' },
          { value: yellow, color: 'green' },
        ]
      : [
          { value: null, color: 'green' },
          { value: yellow, color: 'yellow' },
          { value: red, color: 'red' },
        ],
  );
}
