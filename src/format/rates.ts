// Which currencies have no rate, in words.

import type {Answer, Cell} from "../query/question.js";
import type {Formatter} from "./formatter.js";

/** Returns the sentence that names the currencies for want of whose rate amounts of the cell are left out; none where all have one. */
export function noRateWords({unrated: currencies = []}: Pick<Answer, "unrated">, {unrated}: Pick<Cell, "unrated">, format: Formatter): string[] {
  return unrated ? [format.message("caveat.unrated", {count: unrated, currencies: currencies.map((one) => daysOf(one, format)).join(", ")})] : [];
}

/** Returns "CHF from 3 March 2025 to 5 May 2026". */
function daysOf({currency, first, last}: NonNullable<Answer["unrated"]>[number], format: Formatter): string {
  return format.message("caveat.unrated_days", {currency, days: first === last ? "one" : "several", first: format.date(first), last: format.date(last)});
}
