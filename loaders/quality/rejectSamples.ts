// What was rejected, for the page: counted by file, column and reason, with a few cells.

import type {CustomMartColumn} from "../marts.js";
import type {Native} from "../native.js";
import type {RejectSample} from "../../src/query/manifest.js";
import {shorten} from "../../src/format/text.js";
import {maskId} from "./mask.js";

/** Groups that the page shows, and rows of each. */
const [groups, rows] = [40, 3];

/** Reasons whose value is a whole line or list of the export: whatever a row holds may stand in it. */
const wholeRows = new Set(["malformed", "list"]);

/** Two words with capitals: a name that slipped into a column of numbers or days. */
const nameShape = /^\p{Lu}\S*\s+\p{Lu}/u;

/**
 * Returns the rejected cells by file, column and reason, the most frequent first. Personal columns of the model hold
 * text, which is never rejected, so what stands here are cells of dates, numbers and the like; lines, addresses,
 * telephone numbers, names and all cells of tables with a personal column of another type are masked.
 */
export async function rejectSamples(native: Native, custom: readonly Pick<CustomMartColumn, "table" | "privacy" | "type">[]): Promise<RejectSample[]> {
  const sql = `select file, table_name, column_name, rule, count(*) as n,
      to_json(min({'row': row_number, 'value': value}, ${rows}))::varchar as examples
    from reject group by all order by n desc, file, table_name, column_name nulls first, rule limit ${groups}`;
  const personal = new Set(custom.filter(({privacy, type}) => privacy === "personal" && type !== "text").map(({table}) => table));
  return (await native.run({sql, params: []})).map((row) => {
    const [table, rule] = [String(row["table_name"]), String(row["rule"])];
    const examples = JSON.parse(String(row["examples"])) as {row: number; value: string | null}[];
    const hidden = wholeRows.has(rule) || personal.has(table);
    return {
      file: String(row["file"]), table, rule, column: row["column_name"] as string | null, count: Number(row["n"]),
      examples: examples.map(({row: at, value}) => (value === null ? {row: at, value} : {row: at, ...maskedCell(value, hidden)}))
    };
  });
}

/** Returns a cell as it may be shown: as it is, with shapes of addresses and numbers cut, or nothing of it. */
export function maskedCell(value: string, hidden: boolean): {value: string; masked?: true} {
  if (hidden || nameShape.test(value)) return {value: "", masked: true};
  const shown = maskId(value, "");
  return shown === value ? {value: shorten(value, 40)} : {value: shorten(shown, 40), masked: true};
}
