// Oddities of the data in words, for whoever runs a command.

import type {DataWarning} from "../../src/query/manifest.js";

/** One line: "missing rate: opportunity.amount (USD), 12 records". */
export function describeWarning({code, table, column, beside, count}: DataWarning): string {
  switch (code) {
    case "as_of_before_records":
      return `as_of lies before the first record, of ${beside}: the report is empty`;
    case "as_of_far_after_records":
      return `as_of lies more than a year after the newest record, of ${beside}`;
    default:
      return `${code.replaceAll("_", " ")}: ${table}.${column}${beside === undefined ? "" : ` (${beside})`}, ${count === 1 ? "1 record" : `${count} records`}`;
  }
}
