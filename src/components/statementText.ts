// SQL as a reader may copy it: the values that the report bound to it stand written in and are marked.

import type {FilledPiece} from "../query/filled.js";
import {element} from "./element.js";
import type {ComponentOptions} from "./options.js";

/** Returns the statements folded under a summary. */
export function statementText(summary: string, statements: readonly (readonly FilledPiece[])[], {document}: ComponentOptions): HTMLElement {
  const line = ({text, value}: FilledPiece) => (value ? element(document, "mark", {}, text) : text);
  const texts = statements.map((pieces) => element(document, "pre", {tabindex: 0}, element(document, "code", {}, pieces.map(line), ";")));
  return element(document, "details", {class: "qd-twin"}, element(document, "summary", {}, summary), texts);
}
