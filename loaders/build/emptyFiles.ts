// Exports that came through empty: their numbers are 0, and nobody would know why.

import type {DataWarning, FileLedger} from "../../src/query/manifest.js";

/** Returns one warning for each file that has a header and no row, in the order of the files; `beside` is its name. */
export function emptyFiles(files: readonly FileLedger[]): DataWarning[] {
  return files.filter(({rows}) => rows === 0).map(({table, file}) => ({code: "file_without_rows", table, column: "", beside: file, count: 0}));
}
