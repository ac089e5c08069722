// Files to tables in the engine: cells as text, trimmed; files with the same header are one table.

import {basename, dirname, join, relative, resolve, sep} from "node:path";
import type {Head, ReadOptions} from "../formats/format.js";
import {FormatError} from "../formats/fault.js";
import {encodingCandidates} from "../formats/encodings.js";
import {formatOf, readHead, tableSql} from "../formats/index.js";
import {scratchFile} from "../formats/scratch.js";
import {traitsOf, transcode} from "../canonical/read.js";
import {markRows, mayNeedMarks, needsMarks} from "../canonical/rowMarks.js";
import {quoteIdentifier, type Native} from "../native.js";

/** What the user may say of files that cannot be read without it. */
export type OpenOptions = Pick<ReadOptions, "encoding" | "delimiter" | "sheet">;

/** An export in the engine: one file, or several of one shape. */
export interface Export {
  /** Table in the engine, whose columns are c0, c1 … */
  readonly table: string;
  /** File names relative to the folder, sorted. */
  readonly files: readonly string[];
  /** What settings call them: a name, or names in braces. */
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: number;
  /** Lines that do not have the header's cells. */
  readonly malformed: number;
  readonly format: string;
  readonly encoding: string;
}

/** Why one file cannot be read. */
export class OpenError extends Error {
  constructor(readonly file: string, readonly cause: FormatError) {
    super(cause.message);
    this.name = "OpenError";
  }
}

const rejects = "_inspect_rejects";
const options = {decimal: ".", nulls: [""]} as const;

/** The folder that holds all files, absolute. */
export function commonFolder(paths: readonly string[]): string {
  const parts = paths.map((path) => dirname(resolve(path)).split(sep));
  const [first = []] = parts;
  const length = first.findIndex((part, at) => parts.some((other) => other[at] !== part));
  return first.slice(0, length < 0 ? first.length : length).join(sep) || sep;
}

/** Reads files into the engine, in the order of their names. Throws OpenError for the first that cannot be read. */
export async function openExports(native: Native, paths: readonly string[], given: OpenOptions): Promise<Export[]> {
  const folder = commonFolder(paths);
  const heads: {name: string; head: Head}[] = [];
  for (const path of [...new Set(paths.map((path) => resolve(path)))].sort()) {
    const name = relative(folder, path).split(sep).join("/") || basename(path);
    heads.push({name, head: await opening(name, () => readChecked(path, given, native))});
  }
  const groups = new Map<string, typeof heads>();
  for (const one of heads) {
    const shape = JSON.stringify(one.head.header.map((text) => text.trim().toLowerCase()));
    groups.set(shape, [...(groups.get(shape) ?? []), one]);
  }
  const exports: Export[] = [];
  for (const [index, group] of [...groups.values()].entries()) exports.push(await load(native, `export_${index}`, group, given));
  return exports;
}

async function opening<T>(file: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    throw error instanceof FormatError ? new OpenError(file, error) : error;
  }
}

async function readChecked(path: string, given: OpenOptions, native: Native): Promise<Head> {
  const {head} = await readHead({path, file: path}, {...options, ...given}, {}, async () => native);
  if (formatOf(head).text && head.encoding === "utf-8" && !(await traitsOf(head.content)).utf8) throw new FormatError("encoding", undefined, await encodingCandidates(head.content));
  return head;
}

async function load(native: Native, table: string, group: readonly {name: string; head: Head}[], given: OpenOptions): Promise<Export> {
  const first = group[0]!.head;
  const cells = first.header.map((_, at) => `nullif(trim(c${at}, ' \t\u00a0\u2007\u202f\u3000'), '') as c${at}`).join(", ");
  await native.exec(`create table ${table} (${first.header.map((_, at) => `c${at} varchar`).join(", ")})`);
  let malformed = 0;
  for (const {name, head} of group) malformed += await opening(name, () => append(native, table, cells, head, given));
  const [counted] = await native.run({sql: `select count(*) as n from ${table}`, params: []});
  const files = group.map(({name}) => name);
  return {table, files, file: files.length === 1 ? files[0]! : `{${files.join(",")}}`, header: first.header.map((name) => name.trim()), rows: Number(counted!["n"]), malformed, format: formatOf(first).title, encoding: first.encoding};
}

/** Puts the rows of a file in the table; returns how many lines were none. */
async function append(native: Native, table: string, cells: string, head: Head, given: OpenOptions): Promise<number> {
  const copy = (): Promise<string> => scratchFile(head.content, `utf-8 from ${head.encoding}`, (to) => transcode(head.content, head.encoding, to));
  const marked = async (path: string): Promise<string> =>
    mayNeedMarks(head, await traitsOf(path)) && (await needsMarks(path, head)) ? scratchFile(path, "marked", (to) => markRows(path, head, to)) : path;
  const insert = async (path: string): Promise<void> => native.exec(`insert into ${table} select ${cells} from ${tableSql(head, await marked(path), rejects, {...options, ...given})}`);
  try {
    await insert(head.encoding === "utf-8" ? head.content : await copy());
  } catch (error) {
    if (head.format !== "csv" || head.encoding !== "utf-8" || !/state machine|line delimiter|new ?line/i.test(String(error))) throw new FormatError("broken_file", (error as Error).message.split("\n")[0]);
    await drop(native);
    await insert(await copy());
  }
  if (head.format !== "csv" && head.format !== "xlsx") return head.layout?.broken ?? 0;
  const [counted] = await native.run({sql: `select count(distinct line) as n from ${rejects}`, params: []});
  await drop(native);
  return Number(counted!["n"]);
}

const drop = async (native: Native): Promise<void> => {
  for (const name of [rejects, `${rejects}_scan`]) await native.exec(`drop table if exists ${quoteIdentifier(name)}`);
};

/** Where the files stand, seen from another folder. */
export function folderFrom(from: string, paths: readonly string[]): string {
  const folder = relative(resolve(from), commonFolder(paths)).split(sep).join("/");
  return folder === "" ? "." : join(folder).split(sep).join("/");
}
