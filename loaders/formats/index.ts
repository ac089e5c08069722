// Every format that can be read, in the order in which they are asked whether a file is theirs; CSV takes what is left.

import {basename} from "node:path";
import type {SourceDeclaration, TableMapping} from "../sources/define.js";
import {csv, readStart} from "./csv.js";
import type {Engine, Format, FormatFile, FormatName, Head} from "./format.js";
import {json} from "./json.js";
import {findLayers, layeredSql, type LayerFault} from "./layers.js";

const order: readonly Format[] = [json, csv];
const byName = Object.fromEntries(order.map((format) => [format.name, format])) as Record<FormatName, Format>;

/** What stands at the start of an export, and names of lists or columns that its mapping calls for in vain. */
export interface ReadHead {
  readonly head: Head;
  readonly faults: readonly LayerFault[];
}

/** Reads the start of an export as its source and mapping say. `engine` is opened only for formats that need it. */
export async function readHead(path: string, source: SourceDeclaration, mapping: {readonly each?: string} & Pick<TableMapping, "unpivot">, engine: Engine): Promise<ReadHead> {
  const file: FormatFile = {path, content: path, name: basename(path), start: readStart(path, 1 << 12)};
  const format = order.find(({owns}) => owns(file)) ?? csv;
  const base: Head = {...(await format.readHead(file, source, engine)), layers: []};
  if (base.problem || (mapping.each === undefined && mapping.unpivot === undefined)) return {head: base, faults: []};
  const {layers, header, faults} = await findLayers({header: base.header, sql: tableSql(base, base.content, "_looked", source), document: base.layout?.format === "unstructured" && base.layout.broken === 0}, mapping, source, engine);
  return {head: {...base, layers, header}, faults};
}

export const formatOf = ({format}: Pick<Head, "format">): Format => byName[format];

/** The SQL table of an export: text cells, and behind layers `_line` and `_broken`. `path` is its content or a UTF-8 copy. */
export function tableSql(head: Head, path: string, rejects: string, source: SourceDeclaration): string {
  const {layers, header} = head;
  const base = formatOf(head).tableSql({...head, header: header.slice(0, layers[0]?.first)}, path, rejects, source);
  return layers.length ? layeredSql(base, layers, source) : base;
}
