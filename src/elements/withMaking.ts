// "How is this made", folded at the end of an element; fillMaking.ts fills it.

import {makingDetails} from "../components/makingDetails.js";
import {findMetric, missingData} from "../query/catalogue.js";
import type {ReportContext} from "./definition.js";

/** Returns the node with the folded part at its end; a note in the place of numbers, or numbers without data, have none. `targets` says that it is about goals. */
export function withMaking(node: HTMLElement, metrics: readonly string[], {catalogue, manifest, format, document, definitionHref}: ReportContext, {targets = false} = {}): HTMLElement {
  const made = metrics.filter((id) => missingData(findMetric(id, catalogue), manifest) === null);
  if (made.length > 0 && !node.classList.contains("qd-empty")) node.append(makingDetails({metrics: made, targets, definitionHref, format, document}));
  return node;
}
