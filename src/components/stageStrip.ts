// The process in five steps, each leading to the KPIs that belong to it.

import type {ProcessStage} from "../metrics/define.js";
import {element} from "./element.js";
import type {ComponentOptions} from "./options.js";

/** In the order of the process. */
export const processStages: readonly ProcessStage[] = ["generation", "qualification", "lead_management", "closing", "after_sales"];

/** Anchor of a stage's section on the definitions page; metrics' ids hold no hyphen. */
export const stageAnchor = (stage: ProcessStage): string => `stage-${stage}`;

export interface StageStripOptions extends ComponentOptions {
  /** KPIs of each stage; a stage without any is no link. */
  readonly counts: Readonly<Partial<Record<ProcessStage, number>>>;
  /** Address of a stage's section. */
  readonly href: (stage: ProcessStage) => string;
}

/** Returns the strip as a list of links with the number of KPIs of each. */
export function stageStrip({counts, href, format, document}: StageStripOptions): HTMLElement {
  const step = (stage: ProcessStage) => {
    const count = counts[stage] ?? 0;
    const words = [element(document, "span", {class: "qd-stage-name"}, format.message(`process_stage.${stage}.label`)), " ", element(document, "span", {class: "qd-stage-count"}, format.message("stages.count", {count}))];
    return element(document, "li", {}, count > 0 ? element(document, "a", {href: href(stage)}, words) : element(document, "span", {}, words));
  };
  return element(document, "nav", {class: "qd-stages", "aria-label": format.message("stages.label")}, element(document, "ol", {}, processStages.map(step)));
}
