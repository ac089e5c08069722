// A mart's rows as a DuckDB database file beside its Parquet: the browser attaches it in milliseconds and needs no
// Parquet decoder. Same rows, same bytes on every machine.

import {rm, stat} from "node:fs/promises";
import {mostMemory, openNative, quoteIdentifier, quoteText, type Native} from "../native.js";

/** Oldest format that both engines know; the browser's engine is behind the native one. */
const storage = "storage_version 'v1.2.0'";

/**
 * Blocks of 256 kB are read fastest and pack best; a mart of a few hundred rows would fill one for each column, so
 * small ones get blocks of 16 kB.
 */
function blockSize(parquetBytes: number): number {
  return parquetBytes > 500_000 ? 262_144 : 16_384;
}

/** Distinct values above which a text column is stored in pieces. Who attaches the file reads all names of an ENUM: of a column of ids that would be the whole of it. */
const mostMembers = 65_536;

/** Characters a piece. Of any ids two make few hundreds or thousands of values. */
const pieceLength = 2;

/** Length up to which a text is stored in pieces. */
const longestText = 80;

/**
 * Writes the Parquet file's rows, in its order, as relation `mart` of a new database file. Text columns become ENUMs
 * in sorted order, so that filters and groups compare numbers; those of very many values, such as ids, one for every two
 * characters, which the relation puts together. An earlier file at `path` is replaced.
 */
export async function writeMartDatabase(mart: string, parquet: string, path: string): Promise<void> {
  await rm(path, {force: true});
  // More threads would split the rows into groups by chance.
  const native = await openNative({threads: 1, memory: "1GB", most: mostMemory});
  try {
    // Roaring pads its bitmaps of nulls with whatever the memory held before; no other method leaves a trace of it.
    await native.exec("set disabled_compression_methods = 'roaring'");
    const {size} = await stat(parquet);
    await native.exec(`attach ${quoteText(path)} as mart_file (${storage}, block_size ${blockSize(size)})`);
    const source = `read_parquet(${quoteText(parquet)})`;
    const stored: string[] = [];
    const read: string[] = [];
    for (const {name, type} of await columnsOf(native, source)) {
      const column = quoteIdentifier(name);
      const kind = kindOf(name);
      const wide = wider[type];
      const {members, nulls, length} = type === "VARCHAR" || wide ? await countValues(native, column, source) : {members: 0, nulls: 0, length: 0};
      if (type === "VARCHAR" && members > mostMembers && length <= longestText) {
        const pieces = Array.from({length: Math.ceil(length / pieceLength)}, (_, k) => ({name: `${name} ${k + 1}`, text: `substring(coalesce(${column}, ${nothing}), ${k * pieceLength + 1}, ${pieceLength})`}));
        for (const piece of pieces) {
          await createEnum(native, piece.name, piece.text, source);
          stored.push(`${piece.text}::mart_file.main.${kindOf(piece.name)} as ${quoteIdentifier(piece.name)}`);
        }
        read.push(`nullif(concat(${pieces.map((piece) => quoteIdentifier(piece.name)).join(", ")}), ${nothing}) as ${column}`);
      } else if (type === "VARCHAR" && members > 0) {
        await createEnum(native, name, `coalesce(${column}, ${nothing})`, source);
        stored.push(`coalesce(${column}, ${nothing})::mart_file.main.${kind} as ${column}`);
        read.push(nulls > 0 ? `nullif(${column}, ${nothing}::${kind}) as ${column}` : column);
      } else if (wide && nulls > 0) {
        stored.push(`coalesce(${column}::${wide}, ${outside}) as ${column}`);
        read.push(`nullif(${column}, ${outside})::${type} as ${column}`);
      } else {
        stored.push(column);
        read.push(column);
      }
    }
    await native.exec(`create table mart_file.main.stored as select ${stored.join(", ")} from ${source}`);
    // Resolved inside the file, under whatever name it is attached.
    await native.exec("use mart_file");
    await native.exec(`create view ${quoteIdentifier(mart)} as select ${read.join(", ")} from stored`);
    await native.exec("use memory");
    await native.exec("checkpoint mart_file");
    await native.exec("detach mart_file");
  } finally {
    native.close();
  }
}

// What stands below a null of an ENUM column, or of a type of one byte, is left to chance by the engine, and would be
// written; so would what lies between the texts of a block, for which reason none are stored as such. So these columns hold no nulls: U+FFFF, which is no character and in no text, stands for them, or a number that
// the narrow type cannot hold; and the view turns it back.
const nothing = "chr(65535)";
const outside = "999";
const wider: Readonly<Record<string, string>> = {BOOLEAN: "smallint", TINYINT: "smallint", UTINYINT: "smallint"};

async function columnsOf({run}: Native, source: string): Promise<{name: string; type: string}[]> {
  const rows = await run({sql: `describe select * from ${source}`, params: []});
  return rows.map(({column_name, column_type}) => ({name: String(column_name), type: String(column_type)}));
}

async function countValues({run}: Native, column: string, source: string): Promise<{members: number; nulls: number; length: number}> {
  const [found] = await run({sql: `select count(distinct ${column}) as members, count(*) - count(${column}) as nulls, coalesce(max(length(${column}::varchar)), 0) as length from ${source}`, params: []});
  return {members: Number(found!.members), nulls: Number(found!.nulls), length: Number(found!.length)};
}

/** A column may be called as one of the engine's own types is: "type", "date". */
const kindOf = (column: string): string => quoteIdentifier(`member of ${column}`);

async function createEnum({exec}: Native, name: string, text: string, source: string): Promise<void> {
  const members = `select ${text} as member from ${source} union select ${nothing}`;
  await exec(`create type mart_file.main.${kindOf(name)} as enum (select member from (${members}) order by 1)`);
}
