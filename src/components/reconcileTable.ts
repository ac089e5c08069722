// The CRM's own totals beside ours, and the records that explain a difference.

import {plainText} from "../format/text.js";
import type {Unit} from "../metrics/define.js";
import type {Reconciliation, ReconcileRecords} from "../query/manifest.js";
import {type Child, element} from "./element.js";
import type {ComponentOptions} from "./options.js";
import {table} from "./table.js";

export interface ReconcileOptions extends ComponentOptions {
  /** A period's key in words. */
  readonly period: (key: string) => string;
  readonly unit: (metric: string) => Unit;
}

/** Returns the lines of reconcile.csv in their order; a sentence where none was given. */
export function reconcileTable(lines: readonly Reconciliation[], options: ReconcileOptions): HTMLElement {
  const {format, document, period, unit} = options;
  if (lines.length === 0) return element(document, "p", {class: "qd-quiet"}, format.message("quality.no_totals"));
  const filters = ({where}: Reconciliation) => where.map(({dimension, values}) => format.message("filter.is", {dimension: format.dimension(dimension), members: format.list(values.map((value) => format.member(dimension, value)), "or")})).join(" · ");
  const value = (one: number | null, metric: string) => format.value(one, unit(metric), {precise: true});
  return element(
    document,
    "div",
    {},
    table(
      {
        caption: format.message("quality.totals"),
        columns: [{label: format.message("table.metric")}, {label: format.message("table.period")}, {label: format.message("filter.label")}, ...["theirs", "ours", "difference"].map((key) => ({label: format.message(`quality.${key}`), numeric: true})), {label: format.message("quality.result")}],
        rows: lines.map((line) => [
          {text: format.metric(line.metric)},
          {text: period(line.period)},
          {text: filters(line)},
          {text: value(line.theirs, line.metric), sort: line.theirs},
          {text: value(line.ours, line.metric), sort: line.ours},
          {text: value(line.difference, line.metric), sort: line.difference},
          {text: format.message(line.agrees ? "quality.agrees" : "quality.differs"), ...(!line.agrees && {tone: "bad" as const})}
        ]),
        max: 20
      },
      {format, document}
    ),
    lines.filter(({agrees, records}) => !agrees && records).map((line) => explained(line, options))
  );
}

function explained({metric, period: key, records}: Reconciliation, {format, document, period, unit}: ReconcileOptions): Child {
  const kinds = (["onlyTheirs", "onlyOurs", "different"] as const).filter((kind) => records![kind].count > 0);
  const one = ({id, theirs, ours, why}: ReconcileRecords["examples"][number]) => {
    const values = [theirs, ours].filter((value) => value !== null).map((value) => format.value(value, unit(metric), {precise: true})).join(" ≠ ");
    return `${plainText(id)} ${values}${why === undefined ? "" : ` (${format.has(`quality.why.${why}`) ? format.message(`quality.why.${why}`) : plainText(why)})`}`;
  };
  return element(
    document,
    "div",
    {class: "qd-caveats"},
    element(document, "p", {}, `${format.metric(metric)} · ${period(key)}`),
    element(document, "ul", {}, kinds.map((kind) => {
      const {count, difference, examples} = records![kind];
      return element(document, "li", {}, format.message(`quality.${kind}`, {count, difference: format.value(difference, unit(metric), {precise: true})}), " ", examples.slice(0, 5).map(one).join(", "), count > 5 && " …");
    }))
  );
}
