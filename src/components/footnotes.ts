// The definitions behind a printed page: on paper a link leads nowhere, so what it would say stands at the end.

import {element} from "./element.js";
import type {ComponentOptions} from "./options.js";

/** Returns the definitions of those metrics as a list that the stylesheet shows on paper only. */
export function footnotes(metrics: readonly string[], {format, document}: ComponentOptions): HTMLElement {
  return element(
    document,
    "section",
    {class: "qd-footnotes", "aria-label": format.message("footnotes.label")},
    element(document, "dl", {}, [...new Set(metrics)].map((id) => element(document, "div", {}, element(document, "dt", {}, format.metric(id)), " ", element(document, "dd", {}, format.message(`metric.${id}.definition`)))))
  );
}
