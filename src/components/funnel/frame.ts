// What all views of a funnel share: the words around the drawing, and the note in its place.

import {funnelName, funnelRule, funnelStepName} from "../../format/funnelWords.js";
import {plainText} from "../../format/text.js";
import type {FunnelCounts, FunnelRow, StepResult} from "../../query/funnel/answer.js";
import type {RateDifference} from "../../query/funnel/compare.js";
import {emptyState} from "../emptyState.js";
import type {ComponentOptions} from "../options.js";

export {countText} from "../countText.js";

export interface FunnelViewOptions extends ComponentOptions {
  /** What is read from the answer's numbers (query/funnel/compare.ts). */
  readonly reading: FunnelReading;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

export interface FunnelReading {
  /** Whether a step counts only where the one before does: else there are no rates. */
  readonly chain: boolean;
  /** The step of the total after which most is lost. */
  readonly leak: StepResult | null;
  /** By how much the first rate is above the second. */
  readonly difference: (a: StepResult["overall"], b: StepResult["overall"]) => RateDifference | null;
}

type Words = Pick<ComponentOptions, "format">;

/** Returns the row over all entries. */
export const totalOf = ({rows}: FunnelCounts): FunnelRow | undefined => rows.find(({total}) => total);

/** Returns the name of a step as plain text: it may come from the data. */
export const stepName = ({funnel}: FunnelCounts, position: number, {format}: Words): string => plainText(funnelStepName(funnel.steps[position]!, format));

export const titleName = ({funnel}: FunnelCounts, {format}: Words): string => plainText(funnelName(funnel, format));

/** Returns a note where the funnel has no numbers to show: too few steps are fed, nobody entered, or too few did; else null. */
export function noFunnel(told: FunnelCounts, options: ComponentOptions): HTMLElement | null {
  const total = totalOf(told);
  if (!total) return emptyState({why: "not_in_data", columns: told.missing.map(({columns}) => columns.join(" + ")), ...options});
  if (total.suppressed) return emptyState({why: "no_rows", detail: options.format.reason("suppressed"), ...options});
  return total.entered === 0 ? emptyState({why: "no_rows", ...options}) : null;
}

/** Returns "Lead to cash · this step or a later one · within 180 days of entry · … · entered in October 2026 · as of …". */
export function funnelSubtitle(told: FunnelCounts, {format, by = false, entered = format.period(told.period)}: Words & {readonly by?: boolean; readonly entered?: string}): string {
  const rule = funnelRule(told.funnel, format, {by: by && told.by !== null, dimensionName: (id) => format.dimension(id, "sentence")});
  return format.message("funnels.subtitle", {funnel: titleName(told, {format}), rule: plainText(rule), entered, as_of: format.date(told.asOf)});
}

/** Returns what qualifies the numbers: entries in progress, excluded ones, missing steps, ties, dates before the entry, filters that do not apply. */
export function funnelNotes(told: FunnelCounts, {format, reading}: Pick<FunnelViewOptions, "format" | "reading">): string[] {
  const total = totalOf(told);
  const {missing, notApplied} = told;
  if (!total) return [];
  const sum = (of: "ties" | "early") => total.steps.reduce((all, step) => all + step[of], 0);
  const said = (key: string, count: number) => (count > 0 ? [format.message(key, {count})] : []);
  return [
    ...(reading.chain ? said("funnels.note.in_progress", total.inProgress) : [format.message("funnels.note.alone")]),
    ...said("funnels.note.excluded", total.excluded),
    ...said("funnels.note.early", sum("early")),
    ...said("funnels.note.ties", sum("ties")),
    ...missing.map(({step, columns}) => format.message("funnels.note.missing", {step: funnelStepName({id: step}, format), columns: columns.join(" + ")})),
    ...(notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
}
