// How old the newest records are on the as-of day: by source, the tables folded below.

import {plainText} from "../format/text.js";
import type {ExportHistory, Freshness, Quality} from "../query/manifest.js";
import {element} from "./element.js";
import {emptyState} from "./emptyState.js";
import type {ComponentOptions} from "./options.js";
import {table, type TableCell} from "./table.js";

interface Source {
  readonly id: string;
  readonly newest: string;
  readonly ageDays: number;
}

/** Returns each source with its newest record, the stalest first; sources without any stamp are left out. */
export function sourceAges(freshness: readonly Freshness[]): Source[] {
  const newest = new Map<string, Source>();
  for (const {source: id, newest: stamp, ageDays} of freshness) {
    const known = newest.get(id);
    if (stamp !== null && ageDays !== null && (!known || stamp > known.newest)) newest.set(id, {id, newest: stamp, ageDays});
  }
  return [...newest.values()].sort((a, b) => b.ageDays - a.ageDays || (a.id < b.id ? -1 : 1));
}

/** Returns the sentence that every page ends with: the newest record of each source; "" where nothing is known. */
export function freshnessWords(freshness: readonly Freshness[], {format}: Pick<ComponentOptions, "format">): string {
  const sources = sourceAges(freshness);
  const shown = sources.slice(0, 4).map(({id, newest, ageDays}) => format.message("note.fresh_source", {source: plainText(id), date: format.date(newest.slice(0, 10)), days: ageDays}));
  return shown.length === 0 ? "" : format.message("note.fresh", {sources: shown.join("; "), more: sources.length - shown.length});
}

/** Returns what is known of history that comes of comparing exports, and how finely. */
export const historyWords = ({source, exports, first, last, repeated, medianGapDays, longestGapDays, changes}: ExportHistory, {format}: Pick<ComponentOptions, "format">): string =>
  format.message("quality.history", {source: plainText(source), exports, first: format.date(first), last: format.date(last), median: medianGapDays ?? 0, longest: longestGapDays ?? 0, changes, repeated});

/** Returns the tables of sources and of their tables; what is older than the check of freshness allows is marked. */
export function freshnessTable({freshness, checks, history = []}: Quality, {format, document}: ComponentOptions): HTMLElement {
  if (freshness.length === 0) return emptyState({why: "no_rows", format, document});
  const limit = checks.find(({id}) => id === "freshness")?.limits["days"] ?? Infinity;
  const age = (days: number | null): TableCell =>
    days === null ? {text: "–", sort: null, muted: true, note: format.message("quality.no_stamp")} : {text: format.value(days, "count", {precise: true}), sort: days, ...(days > limit && {tone: "bad" as const, note: format.message("quality.older", {limit})})};
  const day = (newest: string | null): TableCell => ({text: newest === null ? "–" : format.date(newest.slice(0, 10)), sort: newest});
  const columns = [{label: format.message("quality.newest"), numeric: true}, {label: format.message("quality.age"), numeric: true}];
  const sources = [...new Set(freshness.map(({source}) => source))].map((source) => sourceAges(freshness.filter((one) => one.source === source))[0] ?? {id: source, newest: null, ageDays: null});
  const tables = [...freshness].sort((a, b) => (b.ageDays ?? -1) - (a.ageDays ?? -1));
  return element(
    document,
    "div",
    {},
    ...history.map((one) => element(document, "p", {class: "qd-caveats"}, historyWords(one, {format}))),
    table({caption: format.message("quality.by_source"), columns: [{label: format.message("quality.source")}, ...columns], rows: sources.map(({id, newest, ageDays}) => [{text: plainText(id)}, day(newest), age(ageDays)])}, {format, document}),
    element(
      document,
      "details",
      {class: "qd-twin"},
      element(document, "summary", {}, format.message("quality.by_table")),
      table(
        {caption: format.message("quality.by_table"), columns: [{label: format.message("note.table")}, {label: format.message("quality.source")}, ...columns], rows: tables.map((one) => [{text: one.table}, {text: plainText(one.source)}, day(one.newest), age(one.ageDays)])},
        {format, document}
      )
    )
  );
}
