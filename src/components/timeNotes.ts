// What happened, on an axis of time: a numbered line where an action started, a lettered one for any other event, and
// what numbers and letters mean.

import * as Plot from "@observablehq/plot";
import type {Action, EventNote} from "../query/manifest.js";
import type {Period} from "../query/question.js";
import type {Formatter} from "../format/formatter.js";
import {shorten} from "../format/text.js";

/** What belongs on an axis of time. */
export interface Happened {
  readonly actions?: readonly Action[];
  readonly events?: readonly EventNote[];
}

/** What happened in one period. */
export interface TimeNote {
  /** Period key. */
  readonly key: string;
  /** "1", "1, 2" of several actions, "1, A" with an event; "" where only the table tells. */
  readonly label: string;
  readonly actions: readonly Action[];
  readonly events: readonly EventNote[];
  /** By event: its letter; "" of one that only the table tells. */
  readonly letters: readonly string[];
}

/** Most events with a line: more would hide the course. */
const lettered = 5;

/** Returns what lies in the periods: actions numbered, the newest events lettered, both oldest first. What lies outside has no line. */
export function timeNotesIn({actions = [], events = []}: Happened, periods: readonly Period[]): TimeNote[] {
  const keyOf = (day: string) => periods.find(({start, end}) => start <= day && day < end)?.key;
  const placed = <T>(all: readonly T[], dayOf: (one: T) => string) => [...all].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1)).flatMap((one) => {
    const key = keyOf(dayOf(one));
    return key === undefined ? [] : [{one, key}];
  });
  const started = placed(actions, ({start}) => start).map((at, k) => ({...at, mark: String(k + 1)}));
  const others = placed(events, ({date}) => date);
  const untold = Math.max(0, others.length - lettered);
  const noted = others.map((at, k) => ({...at, mark: k < untold ? "" : String.fromCharCode(65 + k - untold)}));
  return periods.map(({key}) => key).flatMap((key) => {
    const [here, beside] = [started.filter((at) => at.key === key), noted.filter((at) => at.key === key)];
    if (here.length + beside.length === 0) return [];
    return [{key, label: [...here, ...beside].map(({mark}) => mark).filter((mark) => mark !== "").join(", "), actions: here.map(({one}) => one), events: beside.map(({one}) => one), letters: beside.map(({mark}) => mark)}];
  });
}

/** What labels need above the plot: the values of the highest points stand below them. */
const labelRow = 15;

/** Returns the pixels to add to the plot's upper margin. */
export const timeRoom = (notes: readonly TimeNote[]): number => (notes.some(({label}) => label !== "") ? labelRow : 0);

/** Returns the marks: a line over the height of the plot, dashed for an action and dotted for an event, its label above it. */
export function timeMarks(notes: readonly TimeNote[], fontSize: number): Plot.Markish[] {
  const drawn = notes.filter(({label}) => label !== "");
  const [started, happened] = [drawn.filter(({actions}) => actions.length > 0), drawn.filter(({actions}) => actions.length === 0)];
  const text = (of: readonly TimeNote[], fill: string) => Plot.text(of, {x: "key", text: "label", frameAnchor: "top", dy: -11 - labelRow, fontSize, fontWeight: 700, fill, stroke: "var(--qd-ground)", strokeWidth: 4});
  return [
    ...(happened.length > 0 ? [Plot.ruleX(happened, {x: "key", stroke: "var(--qd-quiet)", strokeWidth: 1, strokeDasharray: "1,3", insetTop: -labelRow}), text(happened, "var(--qd-quiet)")] : []),
    ...(started.length > 0 ? [Plot.ruleX(started, {x: "key", stroke: "var(--qd-signal)", strokeWidth: 1.5, strokeDasharray: "5,3", insetTop: -labelRow}), text(started, "var(--qd-signal)")] : [])
  ];
}

/** Returns what numbers and letters mean, in words: "1: Fast lane for leads, from 3 March 2025"; all letters in one line. */
export function timeNoteWords(notes: readonly TimeNote[], format: Formatter): string[] {
  const numbers = notes.flatMap(({label, actions}) => actions.map((action, k) => format.message("actions.start", {number: label.split(", ")[k]!, action: shorten(action.action, 90), date: format.date(action.start)})));
  const letters = notes.flatMap(({events, letters}) => events.flatMap(({label, date}, k) => (letters[k] ? [format.message("events.note", {letter: letters[k]!, label: shorten(label, 60), date: format.date(date)})] : [])));
  const more = notes.flatMap(({letters}) => letters).filter((letter) => letter === "").length;
  return [...numbers, ...(letters.length > 0 ? [[...letters, ...(more > 0 ? [format.message("events.more", {count: more})] : [])].join("; ")] : [])];
}

/** Returns what happened in a period, for its row of a table or its tip; "" where nothing did. */
export const happenedIn = (notes: readonly TimeNote[], key: string): string =>
  notes.filter((note) => note.key === key).flatMap(({actions, events}) => [...actions.map(({action}) => action), ...events.map(({label}) => label)]).join("; ");
