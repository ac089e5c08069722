// Checks in words, for whoever runs a command.

import {createFormatter, type Formatter} from "../../src/format/formatter.js";
import {loadMessages} from "../../src/format/messages.js";
import {plainText, shorten} from "../../src/format/text.js";
import type {CheckExample, QualityCheck} from "../../src/query/manifest.js";

/** Commands speak English, whatever the language of the report. */
export const commandWords = async (currency: string): Promise<Formatter> => createFormatter({locale: "en", currency, messages: await loadMessages("en")});

const digits = new Intl.NumberFormat("en");

/** A count with all its digits, as commands print it. */
export const whole = (count: number): string => digits.format(count);

/** Examples on a line. */
const named = 3;

/** One line: "References lead to a record: activity.contact_id (contact), 12 of 3,400: c9 ×4, c12". */
export function failureLine({id, table, column, beside, source, count, of, examples}: QualityCheck, format: Formatter): string {
  const place = [source, table && column ? `${table}.${column}` : table || column, beside && `(${beside})`].filter(Boolean).join(" ");
  const shown = examples.slice(0, named).map(exampleWords);
  return `${format.message(`check.${id}.label`)}: ${shorten(plainText(place), 160)}${of > 1 ? `, ${whole(count)} of ${whole(of)}` : ""}${shown.length > 0 ? `: ${shown.join(", ")}${count > shown.length && shown.length === named ? " …" : ""}` : ""}`;
}

/** How to mend it, with the limits of the check in its words. */
export const remedyLine = ({id, limits}: QualityCheck, format: Formatter): string => format.message(`check.${id}.remedy`, limits);

function exampleWords({id, detail, count}: CheckExample): string {
  const name = shorten(plainText(id), 60);
  return `${name}${detail === undefined ? "" : ` ${shorten(plainText(detail), 80)}`}${count === undefined ? "" : ` ×${count}`}`;
}
