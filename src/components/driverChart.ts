// What moved a number, driver by driver: terms that add up to it, factors whose product it is.

import {unbroken} from "../format/text.js";
import type {Answer} from "../query/question.js";
import type {DriverShare} from "../query/explain/drivers.js";
import {chart, subtitleOf} from "./chart.js";
import {element} from "./element.js";
import {effectPlot, effectText} from "./effectPlot.js";
import {emptyState} from "./emptyState.js";
import {type ComponentOptions, type MetricFace, missingData} from "./options.js";
import {type PlotSize, finishPlot, plots} from "./plot.js";
import {totalRow} from "./rows.js";
import {table} from "./table.js";

export interface DriverChartOptions extends ComponentOptions {
  /** All that the tree reads; the KPI is the last. */
  readonly metrics: readonly MetricFace[];
  readonly against: "previous" | "last_year";
  /** Null where the change has no split. */
  readonly shares: readonly DriverShare[] | null;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

/** Returns the figure; a note in its place where a metric of the tree has no value. */
export function driverChart(answer: Answer, options: DriverChartOptions): HTMLElement {
  const {metrics, against, shares, format, document, heading, interactive = false, room} = options;
  const metric = metrics.at(-1)!;
  for (const one of metrics) {
    const missing = missingData(answer, one);
    if (missing) return emptyState({...missing, format, document});
  }
  if (!shares) return element(document, "p", {class: "qd-empty"}, format.message("why.none.tree", {metric: format.metric(metric.id)}));
  const [row, reference] = [totalRow(answer, metric.id)!, totalRow(answer, metric.id, against)!];
  const moved = format.change(row, reference, metric);
  const change = row.value! - reference.value!;
  const lead = moved.variance.movement === "flat" ? undefined : [...shares].sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).find((share) => Math.sign(share.change) === Math.sign(change));
  const finding = format.message("why.finding", {
    metric: format.metric(metric.id),
    movement: moved.variance.movement,
    value: format.value(row.value, metric.unit),
    change: unbroken(moved.text),
    reference: format.periodBeside(reference.period, answer.period),
    lead: lead ? "some" : "none",
    member: lead ? nameOf(lead, options) : "",
    effect: lead ? unbroken(effect(lead.change, options)) : "",
    by: "none"
  });
  const words = {label: finding, description: shares.map((share) => `${nameOf(share, options)}: ${effect(share.change, options)}`).join("; ")};
  const drawings = plots((size) => finishPlot(driverPlot(shares, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const subtitle = subtitleOf(answer, metric, {format}, {period: format.period(answer.period)});
  const twin = () =>
    table(
      {
        caption: subtitle,
        columns: [{label: format.message("why.column.factor")}, {label: format.message(`mark.${against}`), numeric: true}, {label: format.period(answer.period), numeric: true}, {label: format.message("why.column.change"), numeric: true, opens: true}],
        rows: shares.map((share) => [{text: nameOf(share, options)}, {text: level(share.before, share, options), sort: share.before}, {text: level(share.after, share, options), sort: share.after}, {text: effect(share.change, options), sort: share.change}]),
        total: [{text: format.metric(metric.id)}, {text: format.value(reference.value, metric.unit, {precise: true})}, {text: format.value(row.value, metric.unit, {precise: true})}, {text: effect(change, options)}]
      },
      {format, document}
    );
  return chart({finding, subtitle, drawings, marks: [], notes: [format.message("why.kind.tree")], twin, interactive, format, document, ...(heading && {heading})});
}

/** "New leads", "Revenue won per opportunities won". */
function nameOf({metric, per}: DriverShare, {format}: DriverChartOptions): string {
  return per === null ? format.metric(metric) : format.message("why.factor", {metric: format.metric(metric), per: format.metric(per, "sentence")});
}

/** Money by a count is money; what else is divided is a plain ratio. */
function level(value: number, {metric, per}: DriverShare, {metrics, format}: DriverChartOptions): string {
  const unit = metrics.find(({id}) => id === metric)!.unit;
  return format.value(value, per === null || unit === "currency" ? unit : "ratio", {precise: true});
}

const effect = (value: number, {format, metrics}: DriverChartOptions): string => effectText(value, {format, metric: metrics.at(-1)!});

function driverPlot(shares: readonly DriverShare[], size: PlotSize, options: DriverChartOptions): SVGSVGElement | HTMLElement {
  const {metrics, format, document} = options;
  // A factor's name is long: where there is little room it stands above its bar.
  const above = size.name === "narrow" || size.name === "medium";
  const bars = shares.map((share) => {
    const name = nameOf(share, options);
    return {name, tip: name, change: share.change};
  });
  return effectPlot(bars, {metric: metrics.at(-1)!, size, letters: above ? 60 : 52, letterWidth: 0.58, band: above ? 44 : 30, padding: above ? 0.5 : 0.26, above, format, document});
}
