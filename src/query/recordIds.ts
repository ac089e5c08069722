// The ids by which a CRM knows the rows of a mart.

import {idsOf, type Manifest} from "./manifest.js";
import type {Run} from "./question.js";
import {identifier, integer, join, sql} from "./sql.js";

/**
 * Returns the CRM's ids by the numbers that a mart's key column gives them: of several the first in the order of text, and
 * nothing for a number without one or where ids are not published. They stand beside the mart, row by row.
 */
export async function recordIds(mart: string, key: string, numbers: readonly number[], {manifest, run}: {readonly manifest: Manifest; readonly run: Run}): Promise<Map<number, string>> {
  if (numbers.length === 0 || manifest.records?.[mart] === undefined) return new Map();
  const column = identifier(key);
  const {text, params} = sql`select cast(${column} as double) as number, cast(min(record_id) as varchar) as record
from (select f.${column}, i.record_id from ${identifier(mart)} as f positional join ${identifier(idsOf(mart))} as i)
where record_id is not null and ${column} in (${join([...new Set(numbers)].map(integer))}) group by ${column}`;
  return new Map((await run({sql: text, params})).map((row) => [Number(row["number"]), String(row["record"])]));
}
