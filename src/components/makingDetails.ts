// "How is this made": folded beside every number. Without a script it leads to the definition; a live page fills it.

import {element} from "./element.js";
import type {ComponentOptions} from "./options.js";

export interface MakingOptions extends ComponentOptions {
  /** Ids of the numbers that it is about. */
  readonly metrics: readonly string[];
  /** They are held against goals, by their pace in earlier years too. */
  readonly targets?: boolean;
  /** Address of a metric's definition; no links without it. */
  readonly definitionHref?: (metric: string) => string;
}

/** Returns the folded part. */
export function makingDetails({metrics, targets = false, definitionHref, format, document}: MakingOptions): HTMLElement {
  return element(
    document, "details", {class: "qd-making", "data-metrics": metrics.join(" "), "data-targets": targets && ""},
    element(document, "summary", {}, format.message("records.how")),
    element(document, "div", {class: "qd-making-body"}, definitionHref && metrics.map((id) => element(document, "p", {}, element(document, "a", {href: definitionHref(id)}, format.message("records.definition", {metric: format.metric(id)})))))
  );
}
