// What JSON values look like in sum. The engine tells the structures that there are, each once; only those are held and merged.

import type {Native} from "../native.js";
import type {Structure} from "./jsonPaths.js";

/** Structures of many values. */
export interface Structures {
  /** Of the values that are objects; null where none is. */
  readonly objects: Structure;
  /** Of all values; null where there is none. */
  readonly all: Structure;
  /** How many values there are, those included that are no JSON. */
  readonly count: number;
  /** How many of them are objects. */
  readonly countObjects: number;
}

/**
 * Returns the structures of the values in the column `json` of an SQL table, names in the order in which they first
 * stand. Memory grows with the structures that differ, and spills to disk: `json_group_structure` would hold every value.
 */
export async function structuresOf(native: Native, table: string): Promise<Structures> {
  const sql = `select json_structure(json)::varchar as structure, coalesce(json_type(json) = 'OBJECT', false) as is_object, count(*)::double as n
    from (select json, row_number() over () as r from ${table}) group by all order by min(r)`;
  let [objects, all, count, countObjects]: [Structure, Structure, number, number] = [null, null, 0, 0];
  for await (const rows of (await native.connection.stream(sql)).yieldRows()) {
    for (const [text, isObject, n] of rows) {
      count += Number(n);
      if (isObject) countObjects += Number(n);
      if (text === null) continue;
      const read = (): Structure => JSON.parse(String(text)) as Structure;
      if (isObject) objects = merged(objects, read());
      all = merged(all, read());
    }
  }
  return {objects, all, count, countObjects};
}

/** How the engine names a value that is null, and an object without names. */
const [nothing, noNames] = ["NULL", "JSON"];
/** Values of several kinds stand in one place: only their text is of use. */
const mixed = "MIXED";

/** Whether some value may be a list. */
export const mayBeList = (structure: Structure): boolean => Array.isArray(structure) || structure === mixed || structure === noNames;

type Names = Record<string, Structure>;
const isObject = (structure: Structure): structure is Names => structure !== null && typeof structure === "object" && !Array.isArray(structure);

/** Returns two structures as one; the first may be changed. */
export function merged(one: Structure, other: Structure): Structure {
  if (one === null || one === nothing) return other;
  if (other === null || other === nothing || one === other) return one;
  if (Array.isArray(one) && Array.isArray(other)) return [merged(one[0] as Structure, other[0] as Structure)];
  if (isObject(one) && isObject(other)) return withNames(one, other);
  if (isObject(one) && other === noNames) return one;
  return one === noNames && isObject(other) ? other : mixed;
}

function withNames(one: Names, other: Names): Names {
  for (const [name, structure] of Object.entries(other)) {
    const value = Object.hasOwn(one, name) ? merged(one[name]!, structure) : structure;
    Object.defineProperty(one, name, {value, enumerable: true, configurable: true, writable: true});
  }
  return one;
}
