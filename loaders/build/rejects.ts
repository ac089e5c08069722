// The cells and rows that could not be typed, for the people who can mend the export.

import {quoteText, type Native} from "../native.js";
import {harmlessSql} from "./harmlessSql.js";

/**
 * Writes the table `reject` as CSV, sorted; cells that a spreadsheet would run as a formula begin with an apostrophe.
 * It holds cells as they were exported, personal ones too: never publish it.
 */
export async function writeRejects(native: Native, path: string): Promise<void> {
  const texts = ["source", "table_name", "file", "column_name", "value", "rule"];
  const safe = texts.map((column) => `${harmlessSql(column)} as ${column}`);
  const sql = `select source, table_name, file, row_number, column_name, value, rule
    from (select row_number, ${safe.join(", ")} from reject)
    order by all`;
  await native.exec(`copy (${sql}) to ${quoteText(path)} (format csv, header)`);
}
