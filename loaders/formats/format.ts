// What a format is: which files are its own, the names of their columns, and how the engine reads their cells as text.
// One format is one file beside this one; typing, rejecting and counting are shared (loaders/canonical).

import type {Native} from "../native.js";
import type {SourceDeclaration} from "../sources/define.js";
import type {Layer} from "./layers.js";

/** A file before its format is known. */
export interface FormatFile {
  /** The export as the user knows it. */
  readonly path: string;
  /** The same, unpacked where it was packed. */
  readonly content: string;
  /** File name, without the endings of packed files. */
  readonly name: string;
  /** First bytes of the content. */
  readonly start: Uint8Array;
}

/** What the start of a file tells. Cells are `c0`, `c1` … in the order of `header`. */
export interface Head {
  /** The export as the user knows it: a file, or one within a zip archive. */
  readonly path: string;
  /** What stands on disk of it. */
  readonly file: string;
  /** The same, unpacked where it was packed, and in a form the engine reads. */
  readonly content: string;
  readonly format: FormatName;
  /** Column names as written, in order; the layers' own come last. */
  readonly header: readonly string[];
  /** Number of the first record: 2 below a header line, 1 where records are counted. */
  readonly firstRow: number;
  /** As TextDecoder names it. */
  readonly encoding: string;
  readonly delimiter: string;
  /** Lines before the header: 1 where the first declares the delimiter, as in `sep=;`. */
  readonly preamble: number;
  /** How records follow each other in JSON. */
  readonly layout?: JsonLayout;
  /** Columns of a Parquet file; nested ones with where their value stands. */
  readonly columns?: readonly {readonly name: string; readonly type: string; readonly pointer?: string}[];
  /** What turns one record into several. */
  readonly layers: readonly Layer[];
}

export type FormatName = "csv" | "json" | "parquet" | "xlsx";

export interface JsonLayout {
  readonly format: "array" | "newline_delimited" | "unstructured";
  /** JSON pointer of each column. */
  readonly pointers: readonly string[];
  /** How many lines are no JSON. */
  readonly broken: number;
}

/** What settings say about reading a file. */
export interface ReadOptions extends Pick<SourceDeclaration, "encoding" | "delimiter" | "decimal" | "sheet"> {
  /** The list that holds the records. */
  readonly each?: string;
}

/** An engine for looking into files, opened when first asked for. */
export type Engine = () => Promise<Native>;

export type FileHead = Omit<Head, "layers" | "file">;

export interface Format {
  readonly name: FormatName;
  /** What it is called in messages. */
  readonly title: string;
  /** The content is text, and has to be in its encoding. */
  readonly text: boolean;
  readonly owns: (file: FormatFile) => boolean;
  /** Reads no more than it must: the first lines where they hold the names. Throws FormatError. */
  readonly readHead: (file: FormatFile, options: ReadOptions, engine: Engine) => Promise<FileHead>;
  /** An SQL table of the records in the file's order, cells as text. `path` is the content or a UTF-8 copy of it; malformed lines go to `rejects`. */
  readonly tableSql: (head: Head, path: string, rejects: string, options: ReadOptions) => string;
}
