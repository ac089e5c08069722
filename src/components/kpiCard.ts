// One number in full: value, unit, n, three comparisons, trend, definition.

import type {Answer, AnswerRow} from "../query/question.js";
import {attainment} from "../format/variance.js";
import {heldAgainst} from "../format/pace.js";
import {noRateWords} from "../format/rates.js";
import {type Child, element} from "./element.js";
import {emptyState} from "./emptyState.js";
import {type Comparison, type ComponentOptions, type MetricFace, comparisons, missingData, notAppliedWords} from "./options.js";
import {cellWords, isSmall, nWords, totalRow, trendRows} from "./rows.js";
import {sparkline} from "./sparkline.js";

export interface KpiCardOptions extends ComponentOptions {
  readonly metric: MetricFace;
  /** The comparison that stands first and is set stronger. */
  readonly compare?: Comparison;
  /** Address of the metric's definition; no link without it. */
  readonly definitionHref?: string;
  readonly heading?: "h2" | "h3" | "h4";
  /** That the number was published as another one: "restated from 21.9% on 3 November 2026: 14 late entries". */
  readonly restated?: string | undefined;
}

/** Returns a card; a metric without data or without rows keeps the card and says why. */
export function kpiCard(answer: Answer, options: KpiCardOptions): HTMLElement {
  const {metric, format, document, definitionHref, heading = "h2"} = options;
  const name = format.metric(metric.id);
  const row = totalRow(answer, metric.id);
  const missing = missingData(answer, metric);
  return element(
    document,
    "article",
    {class: "card qd-card", "data-metric": metric.id},
    element(
      document,
      "header",
      {},
      element(document, heading, {class: "qd-name"}, name),
      definitionHref !== undefined && element(document, "a", {class: "qd-definition-link", href: definitionHref, "aria-label": format.message("card.definition_of", {metric: name})}, format.message("card.definition"))
    ),
    missing || !row ? emptyState({...(missing ?? {why: "no_rows"}), format, document}) : body(answer, row, options)
  );
}

function body(answer: Answer, row: AnswerRow, {metric, format, document, compare = "previous", restated}: KpiCardOptions): Child[] {
  const trend = trendRows(answer, metric.id);
  const mature = row.reason === "immature" ? trend.filter(({value, inProgress, period}) => value !== null && !inProgress && period.end <= answer.period.start).at(-1) : undefined;
  if (mature) return earlier(answer, row, mature, trend, {metric, format, document});
  const small = isSmall(row, metric);
  const words = [...cellWords(row, metric, format), ...noRateWords(answer, row, format), ...notAppliedWords(answer, metric, format), ...(restated === undefined ? [] : [restated])];
  const order = [compare, ...comparisons.filter((other) => other !== compare)];
  return [
    element(document, "p", {class: small ? "qd-value qd-muted" : "qd-value"}, format.value(row.value, metric.unit)),
    element(document, "p", {class: "qd-n"}, element(document, "span", {class: "qd-period"}, format.period(answer.period)), " ", row.value === null ? format.reason(row.reason) || format.message("reason.undefined") : nWords(row, format)),
    row.value !== null && element(document, "ul", {class: "qd-changes"}, order.map((kind) => comparison(answer, row, kind, {metric, format, document}))),
    words.length > 0 && element(document, "p", {class: "qd-caveats"}, words.join(" · ")),
    trend.length > 0 && sparkline(trend, {metric, format, document})
  ];
}

/**
 * Too early to say for the period asked: the newest period of the trend whose records have all had their time, under its
 * own name and without comparisons, which belong to the period asked; then why that one has no value yet.
 */
function earlier(answer: Answer, row: AnswerRow, mature: AnswerRow, trend: readonly AnswerRow[], {metric, format, document}: KpiCardOptions): Child[] {
  const told = trend.map((row) => (row.period.start > mature.period.start ? {...row, value: null} : row));
  const words = [...cellWords(mature, metric, format), ...notAppliedWords(answer, metric, format)];
  return [
    element(document, "p", {class: isSmall(mature, metric) ? "qd-value qd-muted" : "qd-value", "data-period": mature.period.key}, format.value(mature.value, metric.unit)),
    element(document, "p", {class: "qd-n"}, element(document, "span", {class: "qd-period"}, format.message("card.latest", {period: format.period(mature.period)})), " ", nWords(mature, format)),
    element(document, "p", {class: "qd-open-window"}, format.message("card.open_window", {period: format.period(answer.period), count: row.inProgress ?? 0})),
    words.length > 0 && element(document, "p", {class: "qd-caveats"}, words.join(" · ")),
    sparkline(told, {metric, format, document})
  ];
}

/** Returns one line "▲ +8.2% better than September", or null where that comparison was not asked or has no target. */
function comparison(answer: Answer, row: AnswerRow, kind: Comparison, {metric, format, document}: KpiCardOptions): Child {
  const other = kind === "target" ? undefined : totalRow(answer, metric.id, kind);
  if (kind === "target" ? row.target === undefined || row.target === null : !other) return null;
  const {value: held, paced} = kind === "target" ? heldAgainst(row, metric) : {value: null, paced: false};
  const change = format.change(row, kind === "target" ? {value: held} : other!, metric);
  const met = kind === "target" && metric.unit !== "percent" ? attainment(row.value, held) : null;
  const beside = kind === "target" ? format.value(row.target!, metric.unit) : format.periodBeside(other!.period, answer.period);
  const text = met === null ? change.text : format.attainment(met);
  const sentence = kind !== "target" ? `change.${change.verdict}` : `change.target.${paced ? "pace." : met === null ? "" : "share."}${change.verdict}`;
  const [passed = 0, whole = 0] = row.period.workdays ?? [];
  const note = change.verdict === "unknown" ? (row.value === null ? "" : format.reason(other?.reason)) : change.note;
  return element(
    document,
    "li",
    {"data-tone": change.tone, "data-compare": kind},
    element(document, "span", {class: "qd-arrow", "aria-hidden": "true"}, change.arrow),
    " ",
    element(document, "span", {class: "qd-change"}, text),
    " ",
    element(document, "span", {class: "qd-against"}, format.message(sentence, {reference: beside, passed, whole}), note && ` (${note})`)
  );
}
