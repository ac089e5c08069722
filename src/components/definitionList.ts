// What every number means: the KPIs by process stage, each folded, generated from its declaration.

import {definitionEntry, type DefinitionEntry, type DefinitionEntryOptions} from "./definitionEntry.js";
import {element} from "./element.js";
import {processStages, stageAnchor, stageStrip} from "./stageStrip.js";

export interface DefinitionListOptions extends DefinitionEntryOptions {
  /** Address of the dictionary for machines; no link without it. */
  readonly fileHref?: string;
}

/** Returns the strip of stages, a search box that a script shows, and the entries of each stage in the given order. */
export function definitionList(entries: readonly DefinitionEntry[], options: DefinitionListOptions): HTMLElement {
  const {format, document, fileHref, answer} = options;
  const stages = processStages.map((stage) => ({stage, own: entries.filter(({metric}) => metric.processStage === stage)})).filter(({own}) => own.length > 0);
  const find = element(
    document,
    "p",
    {class: "qd-find", hidden: true},
    element(document, "label", {}, format.message("definitions.find"), " ", element(document, "input", {type: "search", autocomplete: "off", spellcheck: "false"})),
    " ",
    element(document, "output", {"aria-live": "polite"})
  );
  return element(
    document,
    "div",
    {class: "qd-definitions"},
    stageStrip({counts: Object.fromEntries(stages.map(({stage, own}) => [stage, own.length])), href: (stage) => `#${stageAnchor(stage)}`, format, document}),
    element(document, "div", {class: "qd-definitions-bar"}, find, answer && element(document, "p", {class: "qd-small"}, format.message("definitions.values", {period: format.period(answer.period)})), fileHref !== undefined && element(document, "p", {class: "qd-small"}, element(document, "a", {href: fileHref, download: "definitions.json", rel: "external"}, format.message("definitions.file")))),
    stages.map(({stage, own}) =>
      element(
        document,
        "section",
        {class: "qd-stage", id: stageAnchor(stage)},
        element(document, "h2", {}, format.message(`process_stage.${stage}.label`)),
        element(document, "p", {class: "qd-small"}, format.message(`process_stage.${stage}.meaning`)),
        own.map((entry) => definitionEntry(entry, options))
      )
    )
  );
}
