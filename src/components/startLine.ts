// Where an action started, on an axis of time: a numbered line, and what the number means.

import * as Plot from "@observablehq/plot";
import type {Action} from "../query/manifest.js";
import type {Period} from "../query/question.js";
import type {Formatter} from "../format/formatter.js";
import {shorten} from "../format/text.js";

/** The actions that start in one period. */
export interface Start {
  /** Period key. */
  readonly key: string;
  /** "1", or "1, 2" of several. */
  readonly label: string;
  readonly actions: readonly Action[];
}

/** Returns the starts that lie in the periods, oldest first and numbered so; actions outside them have no line. */
export function startsIn(actions: readonly Action[], periods: readonly Period[]): Start[] {
  const placed = [...actions].sort((a, b) => (a.start < b.start ? -1 : 1)).flatMap((action) => {
    const period = periods.find(({start, end}) => start <= action.start && action.start < end);
    return period ? [{action, key: period.key}] : [];
  });
  return [...new Set(placed.map(({key}) => key))].map((key) => ({
    key,
    label: placed.flatMap((one, k) => (one.key === key ? [String(k + 1)] : [])).join(", "),
    actions: placed.filter((one) => one.key === key).map(({action}) => action)
  }));
}

/** Returns the marks: a line over the height of the plot, its number above it. */
export const startMarks = (starts: readonly Start[], fontSize: number): Plot.Markish[] => starts.length === 0 ? [] : [
  Plot.ruleX(starts, {x: "key", stroke: "var(--qd-signal)", strokeWidth: 1.5, strokeDasharray: "5,3"}),
  Plot.text(starts, {x: "key", text: "label", frameAnchor: "top", dy: -11, fontSize, fontWeight: 700, fill: "var(--qd-signal)", stroke: "var(--qd-ground)", strokeWidth: 4})
];

/** Returns what the numbers mean, in words: "1: Fast lane for leads, from 3 March 2025". */
export function startNotes(starts: readonly Start[], format: Formatter): string[] {
  return starts.flatMap(({label, actions}) => actions.map((action, k) => format.message("actions.start", {number: label.split(", ")[k]!, action: shorten(action.action, 90), date: format.date(action.start)})));
}

/** Returns what started in a period, for its row of a table; "" where nothing did. */
export const startWords = (starts: readonly Start[], key: string): string => starts.find((start) => start.key === key)?.actions.map(({action}) => action).join("; ") ?? "";
