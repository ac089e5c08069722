// A KPI that vendors define differently: its definitions side by side, each with its value.

import type {AnswerRow} from "../query/question.js";
import type {Metric} from "../metrics/define.js";
import {definitionOf, formulaOf} from "./definitionWords.js";
import {element} from "./element.js";
import type {ComponentOptions} from "./options.js";
import {cellWords} from "./rows.js";

export interface VariantTableOptions extends ComponentOptions {
  /** Id of the definition that stands for the KPI in the report. */
  readonly chosen: string;
  readonly rowOf: (id: string) => AnswerRow | undefined;
  readonly caption: string;
}

/** Returns the table, the declared default first. Other definitions than the KPI's own carry their id as anchor. */
export function variantTable(variants: readonly Metric[], {chosen, rowOf, caption, format, document}: VariantTableOptions): HTMLElement {
  const head = (text: string, numeric = false) => element(document, "th", {scope: "col", class: numeric ? "qd-number" : null}, text);
  const nameOf = ({id, variant}: Metric) => (variant !== undefined && format.has(`variant.${variant}`) ? format.message(`variant.${variant}`) : format.metric(id));
  const line = (metric: Metric) => {
    const {id, variant, variantOf, unit} = metric;
    const row = rowOf(id);
    const why = row && row.value === null ? format.reason(row.reason) : "";
    return element(
      document,
      "tr",
      {id: variantOf === undefined ? null : id},
      element(
        document,
        "th",
        {scope: "row"},
        element(document, "span", {class: "qd-variant-name"}, nameOf(metric)),
        " ",
        element(document, "code", {}, variant ?? id),
        id === chosen && [" ", element(document, "strong", {class: "qd-chosen-variant"}, format.message("definition.chosen"))],
        element(document, "p", {}, definitionOf(metric, format) ?? ""),
        element(document, "p", {}, element(document, "code", {}, formulaOf(metric, format)))
      ),
      element(document, "td", {class: "qd-number"}, format.value(row?.value ?? null, unit), why !== "" && element(document, "p", {}, why)),
      element(document, "td", {class: "qd-number"}, row ? format.value(row.n, "count", {precise: true}) : "", row && row.value !== null && cellWords(row, metric, format).map((words) => element(document, "p", {}, words)))
    );
  };
  return element(
    document,
    "table",
    {class: "qd-variants"},
    element(document, "caption", {}, caption),
    element(document, "thead", {}, element(document, "tr", {}, head(format.message("definition.variant")), head(format.message("definition.value"), true), head("n", true))),
    element(document, "tbody", {}, variants.map(line))
  );
}
