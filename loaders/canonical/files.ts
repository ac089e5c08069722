// Which files of a source a name stands for. A zip archive in place of a folder is read like one.

import {readdirSync, statSync} from "node:fs";
import {basename, join, relative} from "node:path";
import {globSync} from "tinyglobby";
import {readStart} from "../formats/csv.js";
import {FormatError, fileFault} from "../formats/fault.js";
import type {FilePlace} from "../formats/index.js";
import {isZip, unzipAll} from "../formats/zip.js";
import {pullRecord} from "../pull/kept.js";
import type {TableMapping} from "../sources/define.js";

/** The folder of a source. */
export interface SourceFolder {
  /** As the user knows it: a folder, or a zip archive. */
  readonly path: string;
  /** On disk, unpacked. */
  readonly opened: string;
}

/** Opens the folder of a source. Throws FormatError where it cannot be read. */
export async function openFolder(path: string): Promise<SourceFolder> {
  try {
    const opened = statSync(path).isDirectory() ? path : isZip(readStart(path, 4)) ? withinOne(await unzipAll(path)) : undefined;
    if (opened === undefined) throw new FormatError("not_a_folder");
    readdirSync(opened);
    return {path, opened};
  } catch (error) {
    throw fileFault(error);
  }
}

/** Archives often hold one folder that holds the files. */
function withinOne(folder: string): string {
  const [first, ...others] = readdirSync(folder, {withFileTypes: true});
  return first?.isDirectory() && others.length === 0 ? join(folder, first.name) : folder;
}

/** The files of a mapping: of the first of its names that matches any. A CRM's usual files may be packed, some or all, or in any format. */
export function filesOf(folder: SourceFolder, {files, line}: Pick<TableMapping, "files" | "line">): FilePlace[] {
  const names = line === undefined ? [...files.map((name) => [name, `${name}{.gz,.zip}`]), ...files.map((name) => [name.replace(/\.csv$/i, anyFormat)])] : files.map((name) => [name]);
  return names.map((one) => one.flatMap((name) => matchFiles(folder, name))).find(({length}) => length > 0) ?? [];
}

const anyFormat = ".{csv,tsv,xlsx,json,ndjson,jsonl,parquet}{,.gz,.zip}";

/** The files that a name or glob matches, sorted; a plain name wins over reading it as a glob. What a pull says of itself is no export. */
export function matchFiles(folder: SourceFolder, name: string): FilePlace[] {
  const exact = listFiles(folder).filter((file) => file.toLowerCase() === name.toLowerCase());
  const found = exact.length
    ? exact.map((file) => join(folder.opened, file))
    : globSync(name, {cwd: folder.opened, caseSensitiveMatch: false, absolute: true, onlyFiles: true, expandDirectories: false, ignore: [pullRecord]}).sort();
  return found.map((file) => ({file, path: join(folder.path, relative(folder.opened, file))}));
}

/** Names of the files in a folder, sorted. */
export const listFiles = ({opened}: SourceFolder): string[] => entriesOf(opened, false);

/** Whether one of the names is that of a folder. */
export const isFolder = ({opened}: SourceFolder, names: readonly string[]): boolean =>
  entriesOf(opened, true).some((folder) => names.some((name) => basename(name).toLowerCase() === folder.toLowerCase()));

const entriesOf = (folder: string, folders: boolean): string[] =>
  readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory() === folders && entry.name !== pullRecord)
    .map(({name}) => name)
    .sort();

