// Which columns of one file hold the keys of another: by their values, where words or the values' form make it likely.

import type {Native} from "../native.js";
import type {Export} from "./openExports.js";
import type {Column} from "./profile.js";
import {bestFit} from "./words.js";

/** A file with its columns. */
export interface Inspected extends Export {
  readonly columns: readonly Column[];
}

/** Values of `from` are found in `to`, whose values are unique. */
export interface Relation {
  readonly from: Inspected;
  readonly column: Column;
  readonly to: Inspected;
  readonly key: Column;
  /** Different values, and how many of them the key has. */
  readonly values: number;
  readonly found: number;
  /** The column is unique too: at most one row each. */
  readonly single: boolean;
}

const mayBeKey = ({unique, kind, longest}: Column): boolean => unique && (kind === "text" || kind === "integer") && longest <= 120;
const mayRefer = ({kind, distinct, longest}: Column): boolean => (kind === "text" || kind === "integer") && distinct >= 1 && longest <= 120;

/** Small numbers are found in any other ones: they count only where headers are alike. */
function likely(column: Column, key: Column): boolean {
  if (column.kind !== key.kind) return false;
  const alike = Math.max(bestFit(column.words, [key.header]), bestFit(key.words, [column.header]));
  return alike >= 0.5 || column.kind === "text" || (column.longest >= 6 && key.longest >= 6) || bestFit(column.words, ["id", "nr", "number", "编号", "azonosító"]) > 0.3;
}

/** Every relation between two files in which at least half of the values are found. */
export async function findRelations(native: Native, files: readonly Inspected[]): Promise<Relation[]> {
  const found: Relation[] = [];
  for (const to of files) {
    for (const key of to.columns.filter(mayBeKey)) {
      for (const from of files.filter((file) => file !== to)) {
        for (const column of from.columns.filter((column) => mayRefer(column) && likely(column, key))) {
          const n = shared(column, key) ?? (await sharedInEngine(native, {from, column, to, key}));
          if (n * 2 >= column.distinct && n > 0) found.push({from, column, to, key, values: column.distinct, found: n, single: column.distinct === column.filled});
        }
      }
    }
  }
  return found;
}

/** How many values both have, where both are few enough to be at hand. */
function shared(column: Column, key: Column): number | undefined {
  if (column.values.length !== column.distinct || key.values.length !== key.distinct) return undefined;
  const keys = new Set(key.values.map(({value}) => value));
  return column.values.filter(({value}) => keys.has(value)).length;
}

async function sharedInEngine(native: Native, {from, column, to, key}: Pick<Relation, "from" | "column" | "to" | "key">): Promise<number> {
  const [counted] = await native.run({sql: `select count(*) as n from (select distinct c${column.index} as x from ${from.table} where c${column.index} is not null) a semi join ${to.table} b on b.c${key.index} = a.x`, params: []});
  return Number(counted!["n"]);
}

/** Values of a reference that no key has, and the key that differs from each only in blanks, case or signs; null where none or several do. */
export async function unmatched(native: Native, {from, column, to, key}: Pick<Relation, "from" | "column" | "to" | "key">): Promise<{value: string; rows: number; meant: string | null}[]> {
  const bare = (x: string): string => `regexp_replace(lower(strip_accents(${x})), '[^\\p{L}\\p{N}]', '', 'g')`;
  const rows = await native.run({
    sql: `with lost as (select c${column.index} as x, count(*) as n from ${from.table} a where c${column.index} is not null and not exists (from ${to.table} b where b.c${key.index} = a.c${column.index}) group by 1 order by 2 desc, 1 limit 50),
      keys as (select ${bare(`c${key.index}`)} as bare, min(c${key.index}) as meant from ${to.table} where c${key.index} is not null group by 1 having count(*) = 1)
      select x, n, meant from lost left join keys on keys.bare = ${bare("x")} and keys.bare <> '' order by n desc, x`,
    params: []
  });
  return rows.map(({x, n, meant}) => ({value: String(x), rows: Number(n), meant: meant === null ? null : String(meant)}));
}
