// Columns turned into rows: one row for each filled cell under the headers that match, its header's own part beside it.

import {quoteText} from "../native.js";
import type {UnpivotRule} from "../sources/define.js";
import type {LayerOptions} from "./layers.js";

export interface Unpivot {
  readonly kind: "unpivot";
  readonly columns: readonly {readonly index: number; readonly name: string}[];
  /** The two own columns. */
  readonly header: readonly string[];
  /** Place of the first of them. */
  readonly first: number;
}

/** Finds the columns whose header matches; undefined where none does. Their names are what the pattern's group holds. */
export function unpivotHead(header: readonly string[], {match, name, value}: UnpivotRule): Unpivot | undefined {
  const pattern = new RegExp(match, "iu");
  const columns = header.flatMap((text, index) => {
    const found = pattern.exec(text.trim())?.[1];
    return found === undefined ? [] : [{index, name: found.trim()}];
  });
  return columns.length ? {kind: "unpivot", columns, header: [name, value], first: header.length} : undefined;
}

/** Rows in the order of the file, within a record in the order of the columns. Empty cells give none. */
export function unpivotSql(table: string, {columns, first}: Unpivot, {nulls}: LayerOptions): string {
  const pairs = columns.map(({index, name}) => `{'name': ${quoteText(name)}, 'value': c${index}}`);
  const empty = `[${[...new Set(["", ...nulls.map((word) => word.trim().toLowerCase())])].map(quoteText).join(", ")}]`;
  const filled = `list_filter([${pairs.join(", ")}], lambda pair: pair.value is not null and not list_contains(${empty}, lower(trim(pair.value))))`;
  const broken = `case when _broken is not null then [{'name': null, 'value': null}] else ${filled} end`;
  return `(select * exclude (_pair), _pair.name as c${first}, _pair.value as c${first + 1} from (select *, unnest(${broken}) as _pair from ${table}))`;
}
