// What a reader is told where something could not be read or answered.

import {filterWords} from "../components/filterBar.js";
import type {ReaderState, UnreadValue} from "../query/state.js";
import {periodOf, type ReportContext} from "./definition.js";

/** Returns what is said of a part of an address that means nothing here. */
export function unreadWords({key, value, nearest}: UnreadValue, {format}: ReportContext): string {
  const what = key.startsWith("funnel-") ? format.message("funnels.choices") : key.startsWith("cohort-") ? format.message("cohorts.choices") : key === "period" ? format.message("filter.period") : key === "compare" ? format.message("filter.compare") : format.dimension(key);
  return nearest === undefined ? format.message("site.unread", {what, value}) : format.message("site.unread_nearest", {what, value, nearest});
}

/** Returns what is said where a choice could not be shown; `state` is what stands instead. */
export function failureWords(error: unknown, state: ReaderState, context: ReportContext): string {
  const {format} = context;
  return format.message("site.failed", {shown: filterWords(state, periodOf(state, context), {format}), why: engineWords(error, context)});
}

/** Returns what an error of the engine means. */
export function engineWords(error: unknown, {format}: ReportContext): string {
  const code = `engine.${(error as {code?: string}).code ?? "worker"}`;
  return format.message(format.has(code) ? code : "engine.worker");
}
