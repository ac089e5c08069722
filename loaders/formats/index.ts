// Every format that can be read, in the order in which they are asked whether a file is theirs; CSV takes what is left.

import {statSync} from "node:fs";
import type {TableMapping} from "../sources/define.js";
import {csv, readStart} from "./csv.js";
import {FormatError, fileFault} from "./fault.js";
import type {Engine, Format, FormatFile, FormatName, Head, ReadOptions} from "./format.js";
import {json} from "./json.js";
import {findLayers, layeredSql, type LayerFault, type LayerOptions} from "./layers.js";
import {parquet} from "./parquet.js";
import {unpack} from "./unpack.js";
import {xlsx} from "./xlsx.js";

const order: readonly Format[] = [parquet, xlsx, json, csv];
const byName = Object.fromEntries(order.map((format) => [format.name, format])) as Record<FormatName, Format>;

/** What stands at the start of an export, and names of lists or columns that its mapping calls for in vain. */
export interface ReadHead {
  readonly head: Head;
  readonly faults: readonly LayerFault[];
}

/** Where an export stands. */
export interface FilePlace {
  /** As the user knows it: a file, or one within a zip archive. */
  readonly path: string;
  /** On disk. */
  readonly file: string;
}

/**
 * Reads the start of an export as its source and mapping say. `engine` is opened only for formats that need it.
 * Throws FormatError where the file cannot be read at all.
 */
export async function readHead({path, file}: FilePlace, source: ReadOptions & LayerOptions, mapping: {readonly each?: string} & Pick<TableMapping, "unpivot">, engine: Engine): Promise<ReadHead> {
  const {content, name} = await unpack(file, startOf(file));
  const opened: FormatFile = {path, content, name, start: startOf(content)};
  if (opened.start.length === 0) throw new FormatError("empty_file");
  const format = order.find(({owns}) => owns(opened)) ?? csv;
  const base: Head = {...(await format.readHead(opened, source, engine)), file, layers: []};
  if (mapping.each === undefined && mapping.unpivot === undefined) return {head: base, faults: []};
  const {layers, header, faults} = await findLayers({header: base.header, sql: tableSql(base, base.content, "_looked", source), document: base.layout?.format === "unstructured" && base.layout.broken === 0}, mapping, source, engine);
  return {head: {...base, layers, header}, faults};
}

function startOf(path: string): Uint8Array {
  try {
    if (!statSync(path).isFile()) throw new FormatError("not_a_file");
    return readStart(path, 1 << 12);
  } catch (error) {
    throw fileFault(error);
  }
}

export const formatOf = ({format}: Pick<Head, "format">): Format => byName[format];

/** The SQL table of an export: text cells, and behind layers `_line` and `_broken`. `path` is its content or a UTF-8 copy. */
export function tableSql(head: Head, path: string, rejects: string, source: ReadOptions & LayerOptions): string {
  const {layers, header} = head;
  const base = formatOf(head).tableSql({...head, header: header.slice(0, layers[0]?.first)}, path, rejects, source);
  return layers.length ? layeredSql(base, layers, source) : base;
}
