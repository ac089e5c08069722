// The rule of harmlessText (src/format/csv.ts) for CSV that the engine writes.

import {formulaPattern, signedNumberPattern} from "../../src/format/csv.js";
import {quoteText} from "../native.js";

/** Returns a text column as a spreadsheet may read it, as SQL: an apostrophe stands before what it would run. */
export const harmlessSql = (column: string): string =>
  `case when regexp_matches(${column}, ${quoteText(formulaPattern)}) and not regexp_matches(${column}, ${quoteText(signedNumberPattern)}) then concat(chr(39), ${column}) else ${column} end`;
