// How well the model of purchases predicts: fitted to the first part of a log, held against the rest of it.

import {fewest, shortestRest, type Compared, type NoHoldOut} from "../../src/query/value/question.js";
import {expectedPurchases, fitBgNbd, type BgNbd, type History} from "./bgNbd.js";
import {spreadOut} from "./customerValue.js";

/** One purchase of a customer; `day` counts days from any fixed one. A customer's purchases of a day are one. */
export interface Purchase {
  readonly customer: number;
  readonly day: number;
}

export interface HoldOut {
  readonly reason: NoHoldOut | null;
  /** Last day of the part that is fitted. */
  readonly until: number;
  /** Customers with a purchase in that part, and those of them who came back in it. */
  readonly customers: number;
  readonly repeaters: number;
  /** Purchases in the rest by customers of the first part. */
  readonly total: Compared;
  /** The same from the start of the rest to the end of each month of it, the last one cut at the end of the log. */
  readonly months: readonly (Compared & {readonly day: number})[];
  /** Mean purchases in the rest by repeats in the first part; the last takes all from `mostRepeats` on. */
  readonly byRepeats: readonly (Compared & {readonly repeats: number; readonly customers: number})[];
}

/** Share of the log's time that is fitted. */
export const fittedShare = 2 / 3;

const mostRepeats = 7;
const month = 365.25 / 12;
/** The model is fitted in weeks. */
const week = 7;

/** Returns what the model of the log's first two thirds expects of the rest, up to and with the day `end`, beside what came. */
export function holdOut(purchases: readonly Purchase[], end: number): HoldOut {
  const log = purchases.filter(({day}) => day <= end);
  const start = log.reduce((first, {day}) => Math.min(first, day), end);
  const until = start + Math.floor((end - start) * fittedShare);
  const tracks = tracksOf(log, until);
  const counted = {until, customers: tracks.length, repeaters: tracks.filter(({repeats}) => repeats > 0).length};
  const none = (reason: NoHoldOut): HoldOut => ({reason, ...counted, total: {expected: 0, observed: 0}, months: [], byRepeats: []});
  if (counted.customers < fewest.customers || counted.repeaters < fewest.repeaters) return none("too_few_customers");
  if (end - until < shortestRest) return none("too_short");
  const model = fitBgNbd(spreadOut(tracks));
  return model ? {reason: null, ...counted, ...compare(tracks, model, until, end)} : none("no_fit");
}

/** A customer of the first part, in weeks, and the days of its purchases after. */
export type Track = History & {readonly later: readonly number[]};

/** Returns the customers with a purchase by `until`, in order of their number. */
export function tracksOf(log: readonly Purchase[], until: number): Track[] {
  const days = new Map<number, Set<number>>();
  for (const {customer, day} of log) days.set(customer, (days.get(customer) ?? new Set()).add(day));
  return [...days].sort(([one], [other]) => one - other).flatMap(([, bought]) => {
    const sorted = [...bought].sort((one, other) => one - other);
    const before = sorted.filter((day) => day <= until);
    const [first] = before;
    return first === undefined ? [] : [{
      repeats: before.length - 1, last: (before.at(-1)! - first) / week, age: (until - first) / week, later: sorted.slice(before.length)
    }];
  });
}

/** Returns what a model expects of the tracks after `until` up to `end`, beside what came. */
export function compare(tracks: readonly Track[], model: BgNbd, until: number, end: number): Pick<HoldOut, "total" | "months" | "byRepeats"> {
  const expectedBy = (track: Track, day: number) => expectedPurchases(track, (day - until) / week, model);
  const sum = (of: (track: Track) => number, among = tracks) => among.reduce((total, track) => total + of(track), 0);
  const by = (day: number, among = tracks): Compared => ({
    expected: sum((track) => expectedBy(track, day), among), observed: sum(({later}) => later.filter((bought) => bought <= day).length, among)
  });
  const ends = Array.from({length: Math.ceil((end - until) / month)}, (_, k) => Math.min(end, until + Math.round((k + 1) * month)));
  const total = by(end);
  return {
    total,
    months: ends.map((day) => ({day, ...(day === end ? total : by(day))})),
    byRepeats: Array.from({length: mostRepeats + 1}, (_, repeats) => {
      const among = tracks.filter((track) => Math.min(track.repeats, mostRepeats) === repeats);
      const {expected, observed} = by(end, among);
      return {repeats, customers: among.length, expected: expected / among.length, observed: observed / among.length};
    }).filter(({customers}) => customers > 0)
  };
}
