// The period in sentences: made by grammar from the same rows as the cards, so the words cannot disagree with them.

import type {Answer, AnswerRow} from "../query/question.js";
import {attainment} from "../format/variance.js";
import {heldAgainst} from "../format/pace.js";
import {type Child, element} from "./element.js";
import {emptyState} from "./emptyState.js";
import {type ComponentOptions, type MetricFace, missingData} from "./options.js";
import {totalRow} from "./rows.js";

export interface HeadlineOptions extends ComponentOptions {
  /** In the order of the sentences; those without data are passed over. */
  readonly metrics: readonly MetricFace[];
}

/** Returns a paragraph, one sentence a metric: numbers strong, words quiet. */
export function headline(answer: Answer, {metrics, format, document}: HeadlineOptions): HTMLElement {
  const told = metrics.flatMap((metric) => {
    const row = missingData(answer, metric) ? undefined : totalRow(answer, metric.id);
    return row ? [{metric, row}] : [];
  });
  if (!told.length) return emptyState({why: "no_rows", format, document});
  return element(document, "p", {class: "qd-headline"}, told.map(({metric, row}, i) => [i > 0 && " ", ...sentence(answer, metric, row, i === 0, {format, document})]));
}

const firstKeys = ["headline.no_value.first", "headline.value.first", "headline.value_changes.first"] as const;
const nextKeys = ["headline.no_value", "headline.value", "headline.value_changes"] as const;

function sentence(answer: Answer, metric: MetricFace, row: AnswerRow, first: boolean, {format, document}: ComponentOptions): Child[] {
  const previous = totalRow(answer, metric.id, "previous");
  const lead = previous && format.change(row, previous, metric);
  const strong = (text: string) => element(document, "strong", {}, text);
  const changes = [previous, totalRow(answer, metric.id, "last_year")].flatMap((reference) => {
    if (!reference || reference.value === null || row.value === null) return [];
    const change = format.change(row, reference, metric);
    return [format.parts<HTMLElement>("headline.on", {change: element(document, "span", {class: "qd-change", "data-tone": change.tone}, change.text), period: format.periodBeside(reference.period, answer.period)})];
  });
  const {value: held, paced} = heldAgainst(row, metric);
  const share = attainment(row.value, held);
  if (share !== null) {
    const {tone} = format.change(row, {value: held}, metric);
    changes.push(
      metric.unit === "percent"
        ? format.parts<HTMLElement>("headline.target_points", {target: format.value(row.target!, metric.unit)})
        : format.parts<HTMLElement>(paced ? "headline.pace" : "headline.target", {share: element(document, "span", {class: "qd-change", "data-tone": tone}, format.attainment(share))})
    );
  }
  const keys = first ? firstKeys : nextKeys;
  return format.parts(keys[row.value === null ? 0 : changes.length ? 2 : 1], {
    when: first ? when(answer, format) : "",
    metric: format.metric(metric.id, first ? "sentence" : undefined),
    value: row.value === null ? format.reason(row.reason ?? "undefined") : strong(format.value(row.value, metric.unit)),
    movement: lead && row.value !== null ? lead.variance.movement : "unknown",
    changes: element(document, "span", {class: "qd-quiet"}, changes.map((parts, i) => [i > 0 && ", ", ...parts]))
  });
}

function when({period}: Answer, format: ComponentOptions["format"]): string {
  const kind = period.grain === "all" ? "all" : period.part ? "part" : period.grain === "day" ? "day" : "whole";
  return format.message("headline.when", {kind, period: kind === "part" ? format.periodBeside(period) : format.period(period)});
}
