// Parquet: columns as they are named, nested ones by dotted names as in JSON.

import {quoteText} from "../native.js";
import {FormatError, readably} from "./fault.js";
import type {Engine, FileHead, Format, FormatFile} from "./format.js";
import {leaves, pointerOf, textOf, type Structure} from "./jsonPaths.js";

export const parquet: Format = {
  name: "parquet",
  title: "Parquet",
  text: false,
  owns: ({start}) => new TextDecoder("latin1").decode(start.subarray(0, 4)) === "PAR1",
  readHead: readParquetHead,
  tableSql({columns}, path, _, {decimal}) {
    const cells = columns!.map(({pointer, name, type}, index) => `${cellSql(pointer, name, type, decimal)} as c${index}`);
    return `(select ${cells.join(", ")} from ${fileSql(path)} as record)`;
  }
};

const fileSql = (path: string): string => `read_parquet(${quoteText(path.replace(/[*?[]/g, "[$&]"))})`;
const isNested = (type: string): boolean => /^(STRUCT|MAP|UNION)|\]$/.test(type);
const isNumber = (type: string): boolean => /^(DECIMAL|DOUBLE|FLOAT)/.test(type);

/** Stamps of a Parquet file that are in UTC print with their offset; those without are in the source's zone. */
function cellSql(pointer: string | undefined, name: string, type: string, decimal: string): string {
  const column = `record.${quoteColumn(name)}`;
  if (pointer !== undefined) return textOf(`to_json(${column})`, pointer, decimal);
  const text = type === "BLOB" ? `try(decode(${column}))` : `${column}::varchar`;
  return decimal !== "." && isNumber(type) ? `replace(${text}, '.', ${quoteText(decimal)})` : text;
}

const quoteColumn = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function readParquetHead({path, content}: FormatFile, _: unknown, engine: Engine): Promise<FileHead> {
  const native = await engine();
  try {
    const described = await native.run({sql: `describe select * from ${fileSql(content)}`, params: []});
    const columns = [];
    for (const {column_name, column_type} of described) {
      const [name, type] = [String(column_name), String(column_type)];
      const inner = isNested(type) && type.startsWith("STRUCT") && !type.endsWith("]") ? await structureOf(name) : undefined;
      if (inner) columns.push(...inner.map((path) => ({header: [name, ...path].join("."), name, type, pointer: pointerOf(path)})));
      else columns.push({header: name, name, type, ...(isNested(type) ? {pointer: ""} : {})});
    }
    return {path, content, format: "parquet", header: columns.map(({header}) => header), columns, firstRow: 1, encoding: "utf-8", delimiter: "", preamble: 0};
  } catch (error) {
    throw new FormatError("broken_file", `Parquet: ${readably((error as Error).message)}`);
  }

  async function structureOf(name: string): Promise<string[][]> {
    const [found] = await native.run({sql: `select json_structure(to_json(${quoteColumn(name)}))::varchar as structure from ${fileSql(content)} where ${quoteColumn(name)} is not null limit 1`, params: []});
    return found ? leaves(JSON.parse(String(found["structure"])) as Structure) : [[]];
  }
}
