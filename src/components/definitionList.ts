// What every number means: one section a metric, generated from its declaration, so the page cannot drift from the code.

import type {Metric, Window} from "../metrics/define.js";
import type {MissingData} from "../query/question.js";
import {type Child, element} from "./element.js";
import {formulaText} from "./formula.js";
import type {ComponentOptions} from "./options.js";

export interface DefinitionListOptions extends ComponentOptions {
  /** The statement of a metric as text; no SQL is shown where it returns undefined. */
  readonly sql?: (metric: Metric) => string | undefined;
  /** Names of the checks that a metric passes. */
  readonly checks?: (metric: Metric) => readonly string[];
  /** Address of the page a metric lives on. */
  readonly pageHref?: (metric: Metric) => string | undefined;
  /** What a metric lacks in the report; nothing without it. */
  readonly missing?: (metric: Metric) => MissingData | null;
  readonly heading?: "h2" | "h3";
}

/** Returns one section a metric, each with the metric's id as its anchor. */
export function definitionList(metrics: readonly Metric[], options: DefinitionListOptions): HTMLElement {
  return element(options.document, "div", {class: "qd-definitions"}, metrics.map((metric) => section(metric, options)));
}

function section(metric: Metric, options: DefinitionListOptions): Child {
  const {sql, checks, pageHref, missing, format, document, heading = "h2"} = options;
  const name = (id: string) => format.metric(id);
  const code = (text: string) => element(document, "code", {}, text);
  const lacking = missing?.(metric);
  const href = pageHref?.(metric);
  const statement = sql?.(metric);
  const tested = checks?.(metric) ?? [];
  const role = `role.${metric.owner.replaceAll(" ", "_")}`;
  const edges = `metric.${metric.id}.edges`;
  const facts: [string, Child][] = [
    ["formula", metric.type === "cumulative" ? format.message("definition.cumulative", {metric: name(metric.measure.id), window: windowName(metric.window), count: windowLength(metric.window)}) : "mart" in metric ? code(formulaText(metric, name)) : formulaText(metric, name)],
    ...(metric.type === "ratio" ? ([["numerator", component(metric.numerator, options)], ["denominator", component(metric.denominator, options)]] as [string, Child][]) : []),
    ...(metric.type === "conversion" ? ([["window", metric.window === null ? format.message("definition.no_window") : format.value(metric.window, "days")]] as [string, Child][]) : []),
    ["date_rule", format.message(`date_rule.${metric.dateRule}`)],
    ["direction", format.message(`direction.${metric.direction}`)],
    ["unit", format.message(`unit_name.${metric.unit}`, {currency: format.currency})],
    ["edges", format.has(edges) ? format.message(edges) : null],
    ["min_n", format.message("definition.min_n_words", {floor: metric.minN ?? 10})],
    ["needs", [metric.needs.map((column, i) => [i > 0 && ", ", code(column)]), lacking && ` (${format.reason(lacking.why)}: ${format.list(lacking.columns)})`]],
    ["owner", format.has(role) ? format.message(role) : metric.owner],
    ["status", format.message(`status.${metric.status}`)],
    ["version", format.message("definition.version_words", {version: metric.version, date: format.date(metric.since)})],
    ["checks", tested.length ? tested.map((check, i) => [i > 0 && ", ", code(check)]) : null]
  ];
  return element(
    document,
    "section",
    {class: "qd-definition", id: metric.id},
    element(document, heading, {}, name(metric.id), " ", element(document, "code", {class: "qd-id"}, metric.id)),
    element(document, "p", {class: "qd-lead"}, format.message(`metric.${metric.id}.definition`)),
    element(document, "dl", {}, facts.filter(([, value]) => value !== null).map(([key, value]) => element(document, "div", {}, element(document, "dt", {}, format.message(`definition.${key}`)), element(document, "dd", {}, value)))),
    statement !== undefined && element(document, "details", {class: "qd-twin"}, element(document, "summary", {}, format.message("definition.sql")), element(document, "pre", {tabindex: 0}, code(statement))),
    href !== undefined && element(document, "p", {class: "qd-small"}, element(document, "a", {href}, format.message("definition.page")))
  );
}

const windowName = (window: Window): string => (typeof window === "string" ? window : "days" in window ? "days" : "months");
const windowLength = (window: Window): number => (typeof window === "string" ? 0 : "days" in window ? window.days : window.months);

function component(part: Metric, {format, document}: DefinitionListOptions): Child {
  const key = `metric.${part.id}.definition`;
  return [format.has(key) ? format.message(key) : format.metric(part.id), " ", element(document, "code", {}, formulaText(part, (id) => format.metric(id)))];
}
