/** Returns the text of src/runtime/files.ts for the marts and cubes of those names. */
export function fileListText(names: readonly string[]): string {
  const file = (name: string, extension: string) => `FileAttachment("../data/marts/${name}.${extension}").href`;
  return `// The one list of data files that pages may fetch. Framework needs each name written out to find and hash the file.
// Written by loaders/build/writeFileList.ts.

import {FileAttachment} from "observablehq:stdlib";
import type {MartFiles} from "./messages.js";

/** Addresses of the files of every mart and cube, relative to no page. */
export function martFiles(): MartFiles {
  return {
${names.map((name) => `    ${name}: {parquet: ${file(name, "parquet")}, database: ${file(name, "duckdb")}}`).join(",\n")}
  };
}
`;
}
