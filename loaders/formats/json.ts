// JSON: a list of records, one record a line, or one document. Nested names are dotted: properties.amount.

import {createReadStream, statSync} from "node:fs";
import {readFile, writeFile} from "node:fs/promises";
import {createInterface} from "node:readline";
import {quoteText, type Native} from "../native.js";
import {traitsOf, transcode} from "../canonical/read.js";
import {encodingOf, readStart} from "./csv.js";
import {encodingCandidates} from "./encodings.js";
import {FormatError, readably} from "./fault.js";
import type {FileHead, Format, FormatFile, Head, JsonLayout, ReadOptions} from "./format.js";
import {isDeeper} from "./jsonDepth.js";
import {leaves, pointerOf, textOf} from "./jsonPaths.js";
import {writePieces} from "./jsonPieces.js";
import {structuresOf, type Structures} from "./jsonStructure.js";
import {scratchFile} from "./scratch.js";

/** Bytes of a record, or of a document without lists that hold the records. The engine holds two for each thread. */
const longest = 1 << 24;
const firstLine = 1 << 20;
const deepest = 1000;

export const json: Format = {
  name: "json",
  title: "JSON",
  text: true,
  owns: ({name, start}) => /\.(json|ndjson|jsonl)$/i.test(name) && firstMark(start) !== undefined,
  readHead: readJsonHead,
  tableSql({layout, header}, path, _, {decimal}) {
    const cells = header.map((_, index) => `${textOf("json", layout!.pointers[index]!, decimal)} as c${index}`);
    return `(select ${cells.join(", ")} from ${recordsSql(path, layout!)} ${layout!.broken ? `where ${isRecord}` : ""})`;
  }
};

const isRecord = "json_type(json) = 'OBJECT'";

/** The engine's table of one column `json`; what is no JSON is null there, in its place. */
export const recordsSql = (path: string, {format}: Pick<JsonLayout, "format">): string =>
  `read_json_objects(${quoteText(path.replace(/[*?[]/g, "[$&]"))}, format = '${format}', maximum_object_size = ${longest}${format === "newline_delimited" ? ", ignore_errors = true" : ""})`;

async function readJsonHead(file: FormatFile, options: ReadOptions, engine: () => Promise<Native>): Promise<FileHead> {
  const encoding = encodingOf(file.start, options.encoding);
  const decoded = encoding === "utf-8" ? file.content : await scratchFile(file.content, `utf-8 from ${encoding}`, (to) => transcode(file.content, encoding, to));
  const format = layoutOf(decoded);
  const content = format === "unstructured" && options.each !== undefined && statSync(decoded).size > longest ? await scratchFile(decoded, "pieces", (to) => writePieces(decoded, to, longest)) : decoded;
  const looked = await scratchFile(content, `structure of ${format}`, async (to) => {
    if (!(await traitsOf(content)).utf8) throw new FormatError("encoding", undefined, await encodingCandidates(content));
    if (await isDeeper(content, deepest)) throw new FormatError("broken_file", `JSON: nested over ${deepest} deep`);
    await writeFile(to, JSON.stringify(await look(await engine(), recordsSql(content, {format}))));
  });
  const {objects, count, countObjects} = JSON.parse(await readFile(looked, "utf8")) as Structures;
  if (count === 0) throw new FormatError("empty_file");
  const names = leaves(objects).filter(({length}) => length > 0);
  return {
    path: file.path,
    content,
    format: "json",
    header: names.map((name) => name.join(".")),
    firstRow: 1,
    encoding: "utf-8",
    delimiter: "",
    preamble: 0,
    layout: {format, pointers: names.map(pointerOf), broken: count - countObjects}
  };
}

async function look(native: Native, table: string): Promise<Structures> {
  try {
    return await structuresOf(native, table);
  } catch (error) {
    const {message} = error as Error;
    if (message.includes("maximum_object_size")) throw new FormatError("too_large", `a record of over ${longest >> 20} MB; where a list in it holds the records, name the list as each`);
    throw new FormatError("broken_file", `JSON: ${readably(message)}`);
  }
}

/** Records that are no object, or lines that are no JSON, by number; they are looked for where the head counted some. */
export async function malformedJson(native: Native, {content, layout}: Pick<Head, "content" | "layout">): Promise<{row: number; line: string}[]> {
  if (!layout?.broken) return [];
  const found = await native.run({sql: `select n, json::varchar as line from (select row_number() over () as n, json from ${recordsSql(content, layout)}) where not coalesce(${isRecord}, false) order by n`, params: []});
  const lines = found.map(({n, line}) => ({row: Number(n), line: line === null ? undefined : String(line)}));
  const wanted = new Map(lines.flatMap((one) => (one.line === undefined ? [[one.row, one] as const] : [])));
  if (wanted.size) await readLines(content, wanted);
  return lines.map(({row, line = ""}) => ({row, line}));
}

async function readLines(content: string, wanted: ReadonlyMap<number, {line?: string | undefined}>): Promise<void> {
  let row = 0;
  for await (const line of createInterface({input: createReadStream(content), crlfDelay: Infinity})) {
    if (line.trim() === "") continue;
    row += 1;
    const one = wanted.get(row);
    if (one) one.line = line;
  }
}

/** The first character that is no blank, where JSON may begin with it. */
function firstMark(start: Uint8Array): string | undefined {
  const text = new TextDecoder(encodingOf(start, undefined)).decode(start, {stream: true});
  return /^\s*([[{])/.exec(text)?.[1];
}

/** A list; one record a line, where the first line is a whole one; else documents one behind the other. */
function layoutOf(content: string): JsonLayout["format"] {
  const text = new TextDecoder().decode(readStart(content, firstLine), {stream: true}).trimStart();
  if (text.startsWith("[")) return "array";
  const end = text.search(/[\r\n]/);
  if (end < 0) return "unstructured";
  try {
    JSON.parse(text.slice(0, end));
    return "newline_delimited";
  } catch {
    return "unstructured";
  }
}
