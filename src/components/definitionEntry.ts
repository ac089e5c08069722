// One KPI in full: what it means, what it came to, how it is made, where it comes from, what to do.

import type {Metric} from "../metrics/define.js";
import type {Defined} from "../metrics/targets.js";
import {noRateWords} from "../format/rates.js";
import type {FilledPiece} from "../query/filled.js";
import type {OwnPlay} from "../query/rules.js";
import type {Making} from "../query/making.js";
import type {Answer, AnswerRow, MissingData} from "../query/question.js";
import {definitionOf, edgesOf, formulaOf, nameOf, roleOf} from "./definitionWords.js";
import {type Child, element} from "./element.js";
import {lineageList} from "./lineageList.js";
import {makingDetails} from "./makingDetails.js";
import type {ComponentOptions} from "./options.js";
import {cellWords, totalRow} from "./rows.js";
import {statementText} from "./statementText.js";
import {variantTable} from "./variantTable.js";

export interface DefinitionEntry {
  readonly metric: Defined;
  /** All its definitions, the declared default first; none where there is only one. */
  readonly variants: readonly Metric[];
  /** Id of the definition that stands for it in the report. */
  readonly chosen: string;
  /** What it is made of, where that has values of its own in the period. */
  readonly parts: readonly Metric[];
  readonly missing: MissingData | null;
  /** Id of the play for when it is bad. */
  readonly play?: string;
  /** What the settings say in place of it. */
  readonly own?: OwnPlay;
}

export interface DefinitionEntryOptions extends ComponentOptions {
  /** Totals of the report's default period; nothing about values without it. */
  readonly answer?: Answer;
  /** What the build knows; nothing without it. */
  readonly making?: (metric: Defined) => (Making & {readonly filled: readonly (readonly FilledPiece[])[]}) | undefined;
}

/** Returns the entry folded under its name and value. Its id is the anchor of what is inside, which browsers then unfold. */
export function definitionEntry(entry: DefinitionEntry, options: DefinitionEntryOptions): HTMLElement {
  const {metric, chosen, missing} = entry;
  const {format, document, answer} = options;
  const row = answer && totalRow(answer, chosen);
  const lacking = missing ? format.reason(missing.why) : row?.value === null ? format.reason(row.reason) : "";
  const value = lacking || (row && metric.type !== "target" ? format.value(row.value, metric.unit) : null);
  return element(
    document,
    "details",
    {class: "qd-definition"},
    element(
      document,
      "summary",
      {},
      element(document, "h3", {}, format.metric(metric.id)),
      value !== null && element(document, "span", {class: lacking ? "qd-definition-value qd-muted" : "qd-definition-value"}, value)
    ),
    element(document, "div", {class: "qd-definition-body", id: metric.id}, body(entry, row, options))
  );
}

function body(entry: DefinitionEntry, row: AnswerRow | undefined, options: DefinitionEntryOptions): Child[] {
  const {metric, variants, chosen, play, own} = entry;
  const {format, document, answer, making} = options;
  const made = making?.(metric);
  const heading = (key: string, values = {}) => element(document, "h4", {}, format.message(`definition.${key}`, values));
  const sql = (variants.length > 0 ? variants : [metric]).flatMap((one) => {
    const {filled = [], of} = making?.(one) ?? {};
    const about = of ? format.message("definition.sql_of", {metric: format.metric(of.metric), period: format.period(of.period), passed: of.period.workdays?.[0] ?? 1, whole: of.period.workdays?.[1] ?? 1, part: of.period.part ? "yes" : "no"}) : variants.length > 0 ? format.metric(one.id) : null;
    return filled.length === 0 ? [] : statementText(about === null ? format.message("definition.sql") : `${format.message("definition.sql")}: ${about}`, filled, {format, document});
  });
  const numbers = variants.length > 0 ? variants.map(({id}) => id) : [made?.of?.metric ?? metric.id];
  return [
    element(document, "p", {class: "qd-lead"}, definitionOf(metric, format)),
    variants.length > 0 && element(document, "div", {class: "qd-variants-box", tabindex: 0, role: "group", "aria-label": format.message("definition.variants")}, variantTable(variants, {chosen, rowOf: (id) => answer && totalRow(answer, id), caption: answer ? format.message("definition.variants_in", {period: format.period(answer.period)}) : format.message("definition.variants"), format, document})),
    facts(meaning(entry, options), options),
    metric.type !== "target" && answer && row && [heading("made", {period: format.period(answer.period)}), facts(result(metric, entry, row, answer, options), options)],
    sql.length > 0 && [element(document, "p", {class: "qd-small"}, format.message("definition.sql_words")), ...sql, makingDetails({metrics: numbers, targets: metric.type === "target", format, document})],
    made && made.lineage.length > 0 && [heading("lineage"), lineageList(made.lineage, {format, document})],
    play !== undefined && [heading("playbook"), facts([["look", own?.look ?? format.message(`play.${play}.look`)], ["action", own?.action ?? format.message(`play.${play}.action`)], ["role", own?.owner]], options)],
    heading("trust"),
    facts(trust(metric, made, options), options)
  ];
}

type Facts = readonly (readonly [key: string, value: Child])[];

function facts(lines: Facts, {format, document}: ComponentOptions): HTMLElement {
  const told = lines.filter(([, value]) => value !== null && value !== undefined);
  return element(document, "dl", {}, told.map(([key, value]) => element(document, "div", {}, element(document, "dt", {}, format.message(`definition.${key}`)), element(document, "dd", {}, value))));
}

function meaning({metric, missing}: DefinitionEntry, {format, document}: ComponentOptions): Facts {
  const code = (text: string) => element(document, "code", {}, text);
  const side = (key: "numerator" | "denominator") => {
    const words = `metric.${metric.id}.${key}`;
    const own = format.has(words) ? format.message(words) : null;
    if (metric.type !== "ratio") return own;
    const part = metric[key];
    return [own ?? `${nameOf(part.id, format)}: ${definitionOf(part, format) ?? ""}`, " ", code(formulaOf(part, format))];
  };
  const formula = formulaOf(metric, format);
  return [
    ["formula", "mart" in metric ? code(formula) : formula],
    ["numerator", side("numerator")],
    ["denominator", side("denominator")],
    ["window", metric.type !== "conversion" ? null : metric.window === null ? format.message("definition.no_window") : format.value(metric.window, "days")],
    ["date_rule", format.message(`date_rule.${metric.dateRule}`)],
    ["edges", edgesOf(metric, format)],
    ["direction", format.message(`direction.${metric.direction}`)],
    ["unit", format.message(`unit_name.${metric.unit}`, {currency: format.currency})],
    ["min_n", metric.type === "target" ? null : format.message("definition.min_n_words", {floor: metric.minN ?? 10})],
    ["needs", [metric.needs.map((column, k) => [k > 0 && ", ", code(column)]), missing && ` (${format.reason(missing.why)}: ${format.list(missing.columns)})`]]
  ];
}

/** Value, what went into it, what was left out and why. */
function result(metric: Metric, {chosen, parts}: DefinitionEntry, row: AnswerRow, answer: Answer, {format, document}: ComponentOptions): Facts {
  const value = format.value(row.value, metric.unit, {precise: true});
  const count = (n: number) => format.message("definition.rows", {count: n, n: format.value(n, "count", {precise: true})});
  const part = (of: Metric) => {
    const own = totalRow(answer, of.id);
    return own ? [element(document, "li", {}, `${format.metric(of.id)}: ${format.value(own.value, of.unit, {precise: true})} (${count(own.n)})`)] : [];
  };
  const ofConversion = metric.type === "conversion" && typeof row.numerator === "number" && typeof row.denominator === "number";
  const left = [...cellWords(row, metric, format), ...noRateWords(answer, row, format)];
  return [
    ["value", [value, row.value === null && ` (${format.reason(row.reason) || format.message("reason.undefined")})`, chosen !== metric.id && ` · ${format.metric(chosen)}`]],
    ["parts", chosen === metric.id && parts.length > 0 ? element(document, "ul", {}, parts.map(part)) : ofConversion ? format.message("definition.reached", {reached: format.value(row.numerator!, "count", {precise: true}), entered: format.value(row.denominator!, "count", {precise: true})}) : null],
    ["basis", count(row.n)],
    ["left_out", left.length > 0 ? left.join("; ") : format.message("definition.nothing_left_out")]
  ];
}

function trust(metric: Defined, made: Making | undefined, {format, document}: ComponentOptions): Facts {
  const versions = made?.versions ?? [metric];
  const version = ({version, since}: {readonly version: number; readonly since: string}) => {
    const what = `metric.${metric.id}.change.${version}`;
    return `${format.message("definition.version_words", {version, date: format.date(since)})}${format.has(what) ? `: ${format.message(what)}` : ""}`;
  };
  return [
    ["owner", roleOf(metric, format)],
    ["status", format.message(`status.${made?.status ?? metric.status}`)],
    ["checks", made && made.checks.length > 0 ? made.checks.map((check, k) => [k > 0 && ", ", element(document, "code", {}, check)]) : null],
    ["version", [...versions].reverse().map(version).join("; ")],
    ["id", element(document, "code", {class: "qd-id"}, metric.id)]
  ];
}
