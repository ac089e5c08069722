// Currencies that are none: "Euro", "EU". They have no rate, so their amounts would be missing without a reason.

import {currencyCodes} from "../settings/currencies.js";
import type {DataWarning} from "../../src/query/manifest.js";
import {quoteIdentifier, type Native} from "../native.js";

/** Values a warning names before it only counts the others. */
const named = 5;

/**
 * Returns one warning for each canonical table whose column `currency` holds values that are no ISO 4217 code. `beside`
 * names the values, most frequent first, with their rows; `count` is the number of rows. `fed` are the canonical
 * columns that some file feeds. Codes are compared in capitals, as the tables hold them.
 */
export async function unknownCurrencies(native: Native, fed: readonly string[]): Promise<DataWarning[]> {
  const warnings: DataWarning[] = [];
  for (const column of fed.filter((name) => name.endsWith(".currency"))) {
    const table = column.slice(0, -".currency".length);
    const sql = `select currency, count(*) as n from ${quoteIdentifier(table)} where currency is not null group by currency order by n desc, currency`;
    const unknown = (await native.run({sql, params: []})).filter(({currency}) => !currencyCodes.has(String(currency)));
    if (unknown.length === 0) continue;
    const words = unknown.slice(0, named).map(({currency, n}) => `${JSON.stringify(currency)} ${Number(n)}`);
    const more = unknown.length > named ? [`${unknown.length - named} more`] : [];
    warnings.push({code: "unknown_currency", table, column: "currency", beside: [...words, ...more].join(", "), count: unknown.reduce((sum, {n}) => sum + Number(n), 0)});
  }
  return warnings;
}
