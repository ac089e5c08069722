// Where values stand in JSON: names from the structure the engine found, pointers to them, their text as SQL.

import {quoteText} from "../native.js";

/** As the engine prints it: {"id": "UBIGINT", "properties": {…}, "tags": ["VARCHAR"]}. */
export type Structure = string | null | readonly Structure[] | {readonly [name: string]: Structure};

/** Names of every value that is no object, outermost first; a list is one value. What is no object at all has the one name []. */
export function leaves(structure: Structure): string[][] {
  if (structure === null || typeof structure === "string" || Array.isArray(structure)) return structure === null ? [] : [[]];
  return Object.entries(structure as Readonly<Record<string, Structure>>).flatMap(([name, inner]) => leaves(inner).map((rest) => [name, ...rest]));
}

/** Returns the JSON pointer (RFC 6901) of a dotted name's parts. */
export const pointerOf = (names: readonly string[]): string => names.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** SQL text of a value: text unquoted, lists as JSON, numbers with the source's decimal mark. */
export function textOf(json: string, pointer: string, decimal: string): string {
  const at = pointer === "" ? json : `json_extract(${json}, ${quoteText(pointer)})`;
  const text = `json_extract_string(${json}, ${quoteText(pointer === "" ? "$" : pointer)})`;
  return decimal === "." ? text : `case when json_type(${at}) = 'DOUBLE' then replace(${text}, '.', ${quoteText(decimal)}) else ${text} end`;
}
