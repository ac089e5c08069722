// One row for each element of a list that stands in a cell as JSON; the record's own columns stay beside it.

import {quoteText, type Native} from "../native.js";
import {leaves, pointerOf, textOf, type Structure} from "./jsonPaths.js";
import {mayBeList, structuresOf} from "./jsonStructure.js";
import type {CellTable, LayerOptions} from "./layers.js";

export interface Each {
  readonly kind: "each";
  /** Column that holds the list. */
  readonly column: number;
  readonly name: string;
  /** Where the next list stands within an element of the one before; the first is the cell itself, "". */
  readonly lists: readonly string[];
  /** Which element each own column comes from, counted from 1, and where in it. */
  readonly cells: readonly {readonly list: number; readonly pointer: string}[];
  /** Own column names: list.name. */
  readonly header: readonly string[];
  /** Place of the first own column. */
  readonly first: number;
  /** The file is one document: rows are counted by element, not by record. */
  readonly document: boolean;
}

/** Finds the list called `path`, `journals` or a list within a list, `issues.journals`; undefined where there is none. */
export async function eachHead(table: CellTable, path: string, native: Native): Promise<Each | undefined> {
  const fold = (name: string): string => name.trim().toLowerCase();
  const column = table.header.findIndex((name) => fold(path) === fold(name) || fold(path).startsWith(`${fold(name)}.`));
  if (column < 0) return undefined;
  const name = table.header[column]!.trim();
  const elements = `select unnest(${listOf(`case when json_valid(c${column}) then c${column}::json end`)}) as e from ${table.sql}`;
  const sane = `select e from (${elements}) where length(e::varchar) - length(replace(replace(e::varchar, '[', ''), '{', '')) < ${mostBrackets}`;
  const {objects, all} = await structuresOf(native, `(select e as json from (${sane}))`);
  const within = path.trim().slice(name.length + 1);
  const walked = walk(objects ?? all ?? nothing, within === "" ? [] : within.split("."), name);
  if (!walked) return undefined;
  return {kind: "each", column, name, first: table.header.length, document: table.document, ...walked};
}

/** Names are not looked for in elements with more brackets: they might be nested deeper than the engine can follow. */
const mostBrackets = 4000;

/** How the engine names the structure of no value at all. */
const nothing = "NULL";

/** Goes down the lists named by the parts, from the structure of the first one's elements. Lists without any element have no names. */
function walk(structure: Structure, parts: readonly string[], name: string): Pick<Each, "lists" | "cells" | "header"> | undefined {
  const lists = [""];
  const cells: {list: number; pointer: string}[] = [];
  const header: string[] = [];
  const take = (element: Structure, prefix: string): void => {
    for (const path of leaves(element)) {
      cells.push({list: lists.length, pointer: pointerOf(path)});
      header.push([prefix, ...(path.length ? path : ["value"])].join("."));
    }
  };
  let [element, prefix] = [structure, name];
  take(element, prefix);
  let names: string[] = [];
  for (const part of parts) {
    names.push(part);
    const inner = structureAt(element, names);
    if (inner === undefined || !mayBeList(inner)) continue;
    lists.push(pointerOf(names));
    prefix = [prefix, ...names].join(".");
    element = Array.isArray(inner) ? ((inner as readonly Structure[])[0] ?? null) : null;
    take(element, prefix);
    names = [];
  }
  return names.length ? undefined : {lists, cells, header};
}

const structureAt = (structure: Structure, names: readonly string[]): Structure | undefined =>
  names.reduce<Structure | undefined>((at, name) => (at && typeof at === "object" && !Array.isArray(at) ? (at as Readonly<Record<string, Structure>>)[name] : undefined), structure);

const listOf = (json: string): string => `json_transform(${json}, '["JSON"]')`;

/** An empty cell and an empty list give no row; what is no list gives one, with its text as `_broken`. */
export function eachSql(table: string, {column, lists, cells, first, document}: Each, {decimal}: LayerOptions): string {
  const text = `nullif(trim(c${column}), '')`;
  const whole = `(select *, case when json_valid(${text}) then ${text}::json else to_json(${text}) end as _e0 from ${table} where ${text} is not null)`;
  const opened = lists.reduce((sql, pointer, index) => {
    const inner = `(select *, ${pointer === "" ? "_e0" : `json_extract(_e${index}, ${quoteText(pointer)})`} as _in from ${sql})`;
    const fault = `case when json_type(_in) not in ('ARRAY', 'NULL') then _in ->> '$' end`;
    const counted = document && index === 0 ? (opened: string) => `(select * replace (row_number() over () - 1 as _line) from ${opened})` : (opened: string) => opened;
    return counted(`(select * exclude (_in, _broken, _now), unnest(case when _now is null then ${listOf("_in")} else [null] end) as _e${index + 1}, _now as _broken from (select *, coalesce(_broken, ${fault}) as _now from ${inner}))`);
  }, whole);
  const own = cells.map(({list, pointer}, index) => `${textOf(`_e${list}`, pointer, decimal)} as c${first + index}`);
  return `(select * exclude (_e0, ${lists.map((_, index) => `_e${index + 1}`).join(", ")})${own.length ? `, ${own.join(", ")}` : ""} from ${opened})`;
}
