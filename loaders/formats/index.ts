// Every format that can be read, in the order in which they are asked whether a file is theirs; CSV takes what is left.

import {statSync} from "node:fs";
import {transcode} from "../canonical/read.js";
import type {TableMapping} from "../sources/define.js";
import {csv, readStart} from "./csv.js";
import {FormatError, fileFault, readably} from "./fault.js";
import type {Engine, Format, FormatFile, FormatName, Head, ReadOptions} from "./format.js";
import {json} from "./json.js";
import {findLayers, layeredSql, type LayerFault, type LayerOptions} from "./layers.js";
import {parquet} from "./parquet.js";
import {scratchFile} from "./scratch.js";
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
  const {content, name} = await unpack(file, startOf);
  const opened: FormatFile = {path, content, name, start: startOf(content)};
  if (opened.start.length === 0) throw new FormatError("empty_file");
  const format = order.find(({owns}) => owns(opened)) ?? csv;
  const base: Head = {...(await format.readHead(opened, {...source, ...(mapping.each !== undefined && {each: mapping.each})}, engine)), file, layers: []};
  if (mapping.each === undefined && mapping.unpivot === undefined) return {head: base, faults: []};
  const document = base.layout?.format === "unstructured" && base.layout.broken === 0;
  const {layers, header, faults} = await lookingThrough(base, (path) => findLayers({header: base.header, sql: tableSql(base, path, "_looked", source), document}, mapping, source, engine));
  return {head: {...base, layers, header}, faults};
}

/** What `look` finds in the content of a file, or in a UTF-8 copy with one kind of line ends where the engine needs it. Throws FormatError. */
async function lookingThrough<T>(head: Head, look: (path: string) => Promise<T>): Promise<T> {
  const {content, encoding, format} = head;
  const copy = (): Promise<string> => scratchFile(content, `utf-8 from ${encoding}`, (to) => transcode(content, encoding, to));
  const broken = (error: unknown): FormatError => new FormatError("broken_file", `${formatOf(head).title}: ${readably((error as Error).message)}`);
  try {
    return await look(encoding === "utf-8" ? content : await copy());
  } catch (error) {
    if (format !== "csv" || encoding !== "utf-8") throw broken(error);
    return look(await copy()).catch((error: unknown) => Promise.reject(broken(error)));
  }
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
