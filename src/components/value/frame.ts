// What the views of customers' expected value share: the fit in words, and why there is no value.

import type {Formatter} from "../../format/formatter.js";
import type {ValueTold} from "../../query/value/question.js";
import type {ComponentOptions} from "../options.js";
import {countText} from "../countText.js";

export interface ValueViewOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

type Says = Pick<ComponentOptions, "format">;

/** Returns a number of purchases: whole ones of many customers, with digits of one. */
export const purchasesText = (count: number, {format}: Says, each = false): string => (each ? format.value(count, "ratio", {digits: 2}) : countText(Math.round(count), {format}));

/** Returns what the model rests on, a sentence each. */
export function fitNotes({reason, customers, repeaters, correlation, margin, discount, atEdge, spendingAtEdge, limits}: ValueTold, {format}: Says): string[] {
  return [
    format.message("value.note.fit", {customers: countText(customers, {format}), repeaters: countText(repeaters, {format}), sampled: customers > limits.fitted ? "yes" : "no", most: countText(limits.fitted, {format})}),
    ...(correlation === null || reason === "correlated" ? [] : [format.message("value.note.correlation", {correlation: signed(correlation, format), most: format.value(limits.correlation, "ratio", {digits: 1})})]),
    ...(reason !== null ? [] : [margin === null ? format.message("value.note.no_margin") : format.message("value.note.money", {margin: format.percent(margin, 1), discount: format.percent(discount)})]),
    ...(atEdge === null ? [] : [format.message(`value.note.at_edge_${atEdge}`)]),
    ...(spendingAtEdge === null ? [] : [format.message(`value.note.spending_at_edge_${spendingAtEdge}`)])
  ];
}

const signed = (value: number, format: Formatter): string => format.value(Math.round(value * 100) / 100 || 0, "ratio", {digits: 2});

/** Returns why there is no estimate, in words. */
export const noEstimateWords = (reason: NonNullable<ValueTold["reason"]>, {correlation, limits}: Pick<ValueTold, "correlation" | "limits">, {format}: Says): string =>
  format.message(`value.none.${reason}`, {...limits, correlation: signed(correlation ?? 0, format), most: format.value(limits.correlation, "ratio", {digits: 1})});

/** Returns why nothing is held out, in words. */
export const noHoldOutWords = (reason: NonNullable<ValueTold["heldOut"]["reason"]>, {limits}: Pick<ValueTold, "limits">, {format}: Says): string => format.message(`value.unheld.${reason}`, limits);

/** Returns of whom the hold-out is: filters leave it as it is. */
export function heldOutNotes({customers, heldOut, limits}: ValueTold, {format}: Says): string[] {
  return [
    format.message("value.note.held_out", {customers: countText(heldOut.customers, {format}), repeaters: countText(heldOut.repeaters, {format}), sampled: customers > limits.fitted ? "yes" : "no", most: countText(limits.fitted, {format})}),
    format.message("value.note.not_filtered")
  ];
}
