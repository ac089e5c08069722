// A sentence in place of a view: why there is nothing, and what would mend it. Keeps the room of what it replaces.

import {plainText} from "../format/text.js";
import type {Cell} from "../query/question.js";
import {element} from "./element.js";
import type {ComponentOptions} from "./options.js";

export interface EmptyStateOptions extends ComponentOptions {
  /** `no_rows`: nothing matches. `immature`: too early to say. `not_in_data`: no source feeds it. `not_published`: fed, but withheld. `failed`: the engine did not answer. */
  readonly why: "no_rows" | "immature" | "not_in_data" | "not_published" | "loading" | "failed";
  /** Columns that it needs, for `not_in_data` and `not_published`. */
  readonly columns?: readonly string[];
  /** What failed, for `failed`; plain text. */
  readonly detail?: string;
}

/** Returns why none of the rows has a value. */
export const whyEmpty = (rows: readonly Cell[]): "no_rows" | "immature" => (rows.some(({reason}) => reason === "immature") ? "immature" : "no_rows");

/** Returns a note that says why there is nothing to show. */
export function emptyState({why, columns = [], detail, format, document}: EmptyStateOptions): HTMLElement {
  return element(
    document,
    "div",
    {class: "qd-empty", "data-why": why, role: why === "loading" || why === "failed" ? "status" : null},
    element(document, "p", {}, format.message(`empty.${why}`)),
    columns.length > 0 && element(document, "p", {class: "qd-small"}, format.message("empty.columns", {columns: format.list(columns)})),
    detail !== undefined && element(document, "p", {class: "qd-small"}, plainText(detail))
  );
}
