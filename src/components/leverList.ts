// Who needs which help: each member's four levers beside the median, those furthest behind first.

import type {DimensionId} from "../metrics/define.js";
import type {Lever, LeverReading, Levers, MemberLevers} from "../query/explain/levers.js";
import type {Answer} from "../query/question.js";
import {element} from "./element.js";
import {emptyState} from "./emptyState.js";
import {type ComponentOptions, type MetricFace, missingData, notAppliedWords} from "./options.js";
import {printPick} from "./pick.js";
import {makeSortable, table, type TableCell} from "./table.js";

export interface LeverListOptions extends ComponentOptions {
  readonly metrics: Readonly<Record<Exclude<Lever, "volume">, MetricFace>>;
  readonly levers: Levers;
  readonly by: DimensionId;
  /** Closed deals below which nobody is judged. */
  readonly floor: number;
  /** Rows shown; the rest is folded. Default 15. */
  readonly max?: number;
  readonly interactive?: boolean;
}

/** Returns the figure: finding, what is compared, the table; a note in its place where a metric has no data or nobody closed a deal. */
export function leverList(answer: Answer, {metrics, levers: read, by, floor, max = 15, interactive = false, format, document}: LeverListOptions): HTMLElement {
  const missing = Object.values(metrics).map((metric) => missingData(answer, metric)).find(Boolean);
  if (missing) return emptyState({...missing, format, document});
  if (read.members.length === 0) return emptyState({why: "no_rows", format, document});
  const value = (lever: Lever, of: number | null) => (lever === "volume" ? format.value(of, "count", {precise: true}) : format.value(of, metrics[lever].unit));
  const name = (lever: Lever) => (lever === "volume" ? format.message("levers.volume") : format.metric(metrics[lever].id));
  const levers = Object.keys(read.medians) as Lever[];
  const subtitle = format.message("levers.subtitle", {by: format.dimension(by, "sentence"), floor, period: format.period(answer.period), as_of: format.date(answer.asOf)});
  const cell = (one: MemberLevers, lever: Lever): TableCell => {
    const {value: own, gap, withinChance}: LeverReading = one.readings[lever];
    const against = gap === null ? "" : ` (${format.change({value: 1 + gap}, {value: 1}, {unit: "ratio", direction: "up", minN: 0}).text})`;
    return {
      text: `${value(lever, own)}${against}`, sort: own, muted: one.tooFew,
      ...(one.help === lever && {tone: "bad" as const}),
      ...(withinChance && gap !== null && {note: format.message("levers.within_chance")})
    };
  };
  const rows = read.members.map((one): TableCell[] => [
    {text: format.member(by, one.member), pick: printPick(by, one.member)},
    {text: one.tooFew ? format.message("levers.too_few") : one.help ? format.message(`levers.help.${one.help}`) : "–", muted: one.help === null},
    ...levers.map((lever) => cell(one, lever))
  ]);
  const made = table({
    caption: subtitle,
    columns: [{label: format.dimension(by)}, {label: format.message("levers.help")}, ...levers.map((lever) => ({label: name(lever), numeric: true}))],
    rows,
    total: [{text: format.message("levers.median")}, {text: ""}, ...levers.map((lever) => ({text: read.medians[lever] === null ? "–" : value(lever, read.medians[lever])}))],
    max
  }, {format, document});
  if (interactive) makeSortable(made, {format, document});
  const notes = [format.message("levers.note"), ...notAppliedWords(answer, metrics.rate, format)];
  return element(
    document, "figure", {class: "qd-chart"},
    element(document, "figcaption", {}, element(document, "h3", {class: "qd-finding"}, finding()), element(document, "p", {class: "qd-subtitle"}, subtitle)),
    made,
    element(document, "p", {class: "qd-caveats"}, notes.join(" · "))
  );

  function finding(): string {
    const first = read.members[0]!;
    if (first.help === null) return format.message("levers.finding_none", {judged: read.judged});
    const lever = first.help;
    return format.message("levers.finding", {name: format.member(by, first.member), lever: name(lever), value: value(lever, first.readings[lever].value), median: value(lever, read.medians[lever])});
  }
}
