// Oddities of the data in words, for whoever runs a command.

import type {DataWarning} from "../../src/query/manifest.js";

/** One line: "missing rate: opportunity.amount (USD), 12 records". */
export function describeWarning({code, table, column, beside, count}: DataWarning): string {
  switch (code) {
    case "as_of_before_records":
      return `as_of lies before the first record, of ${beside}: the report is empty`;
    case "as_of_far_after_records":
      return `as_of lies more than a year after the newest record, of ${beside}`;
    case "file_without_rows":
      return `${beside} has a header and no row: what ${table} feeds is 0 or has no value`;
    case "id_in_several_sources":
      return `${table}: ${count === 1 ? "1 id stands" : `${count} ids stand`} in several sources (${beside}) and ${count === 1 ? "counts" : "count"} once in each. If the records are the same, feed the table from one of them, or from one source that reads all the files`;
    case "unknown_currency":
      return `${table}.${column}: ${count === 1 ? "1 row has a value" : `${count} rows have values`} that ${count === 1 ? "is" : "are"} no ISO 4217 code (${beside}). Translate them, as in currency: {column: …, map: {Euro: EUR}}`;
    default:
      return `${code.replaceAll("_", " ")}: ${table}.${column}${beside === undefined ? "" : ` (${beside})`}, ${count === 1 ? "1 record" : `${count} records`}`;
  }
}
