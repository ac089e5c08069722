// Runs one input into its staging table: transcoding, the statement of stage.ts, malformed lines.

import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import type {DuckDBValue} from "@duckdb/node-api";
import Papa from "papaparse";
import {quoteIdentifier, quoteText, type Native} from "../native.js";
import {readably} from "../formats/fault.js";
import type {Head} from "../formats/format.js";
import {findFooter, withoutFooter} from "../formats/footer.js";
import {encodingCandidates} from "../formats/encodings.js";
import {formatOf, tableSql} from "../formats/index.js";
import {malformedJson} from "../formats/json.js";
import type {Input} from "./inputs.js";
import {IntakeError} from "./problems.js";
import {Binder, cellsSql, type Cleaning} from "./rules.js";
import {transcode} from "./read.js";
import type {FileFacts} from "./read.js";
import {markRows, mayNeedMarks, needsMarks, unmarked} from "./rowMarks.js";
import type {SourceDeclaration} from "../sources/define.js";
import type {StageStatement} from "./stage.js";

/** A line that is no record: too few or too many cells, or a quote in the wrong place. */
export interface Malformed {
  /** Row as a spreadsheet counts: the header is 1. */
  readonly row: number;
  readonly line: string;
}

/** What one input gave beside its rows. */
export interface Taken {
  /** In order. */
  readonly malformed: readonly Malformed[];
  /** Records in which a list to be taken apart is none: their place, from 0, and what stands there. */
  readonly broken: readonly {readonly position: number; readonly text: string}[];
  /** Lines below the last record that are none. */
  readonly footer: number;
  /** Table whose rows, in order, hold the place of the record behind each staging row; absent where they are one to one. */
  readonly lines?: string;
}

const rejects = "_malformed";

/** What reading one file gave beside its rows. */
type Read = Pick<Taken, "malformed" | "footer">;

/** A file that feeds an input, as it has to be read. */
interface Feeding {
  readonly head: Head;
  readonly cleaning: Cleaning;
  /** Some rows may need marks. */
  readonly odd: boolean;
  /** Every column has to be read: where text beyond ASCII stands behind a closed quote, the engine breaks down over columns that nobody asks for. */
  readonly whole: boolean;
}

/**
 * Appends one input to the staging table `into`.
 * Throws IntakeError for a file that is not in its encoding, or whose quotes leave rows indistinguishable.
 */
export async function loadInput(native: Native, input: Input, statement: StageStatement, into: string, traits: FileFacts["traits"]): Promise<Taken> {
  const scratch = await mkdtemp(join(tmpdir(), "quarterdeck-"));
  try {
    await native.exec(`set TimeZone = ${quoteText(input.source.zone)}`);
    const heads = [input.main, ...input.joins.map(({head}) => head)];
    for (const {path, content, encoding, ...head} of heads) {
      if (formatOf(head).text && encoding === "utf-8" && !(await traits(content)).utf8) throw new IntakeError({code: "encoding", source: input.source.id, file: basename(path), allowed: await encodingCandidates(content)});
    }
    const cleanings = await Promise.all(heads.map(async (head) => ({nulls: input.source.nulls, oddBlanks: head.format !== "csv" || head.encoding !== "utf-8" || (await traits(head.content)).oddBlanks})));
    const odd = await Promise.all(heads.map(async (head) => mayNeedMarks(head, await traits(head.content))));
    const whole = await Promise.all(heads.map(async ({format, encoding, content}) => format === "csv" && (encoding !== "utf-8" || !(await traits(content)).ascii)));
    return await appendInput(native, input, statement, into, heads.map((head, at) => ({head, cleaning: cleanings[at]!, odd: odd[at]!, whole: whole[at]!})), scratch);
  } finally {
    await native.exec("set TimeZone = 'UTC'");
    await rm(scratch, {recursive: true, force: true});
  }
}

async function appendInput(native: Native, input: Input, {sql, binder, maps, numbered, needed, fileNumber}: StageStatement, into: string, files: readonly Feeding[], scratch: string): Promise<Taken> {
  const layered = files[0]!.head.layers.length > 0;
  const columns = (file: number, bound: Binder): string => cellsSql(needed[file]?.length ? needed[file] : [0], files[file]!.cleaning, bound);
  const insert = (from: string): string => `insert into ${quoteIdentifier(into)} ${sql.replace("{from}", () => from)}`;
  if (input.joins.length === 0 && maps.length === 0 && !numbered && !layered) {
    const cells = columns(0, binder);
    return {...(await reading(native, files[0]!, input.source, scratch, (table) => counted(native, insert(`(select ${cells} from ${table}) f0`), binder.values))), broken: []};
  }
  const made = [...files.map((_, file) => `_f${file}`), ...maps.map(({alias}) => `_${alias}`)];
  try {
    const read: Read[] = [];
    for (const [file, feeding] of files.entries()) {
      const bound = new Binder();
      const cells = columns(file, bound) + (feeding.head.layers.length ? ", _line, _broken" : "");
      read.push(await reading(native, feeding, input.source, scratch, (table) => counted(native, `create temp table _f${file} as select ${cells} from ${table}`, bound.values)));
    }
    const origin = layered ? await takeOrigin(native, "_f0", `_lines_${into}_${fileNumber}`) : {broken: []};
    for (const [index, {head, right, lenient}] of input.joins.entries()) {
      if (lenient) await native.exec(`create or replace temp table _f${index + 1} as select * from _f${index + 1} qualify count(*) over (partition by c${right}) = 1`);
      else await requireUnique(native, `_f${index + 1}`, `c${right}`, head);
    }
    for (const {alias, entries} of maps) await createMap(native, `_${alias}`, entries);
    const joins = input.joins.map(({left, right}, index) => `left join _f${index + 1} f${index + 1} on f${index + 1}.c${right} = f${left.file}.c${left.index}`);
    const lookups = maps.map(({alias, on}) => `left join _${alias} ${alias} on ${alias}.key = ${on}`);
    await native.exec(insert(`(select *, rowid as _row from _f0) f0 ${[...joins, ...lookups].join(" ")} order by f0._row`), binder.values);
    return {...read[0]!, ...origin};
  } finally {
    for (const name of made) await native.exec(`drop table if exists ${quoteIdentifier(name)}`);
  }
}

/** Takes the records whose list is none out of a table, and notes which record each row left comes from. */
async function takeOrigin(native: Native, table: string, lines: string): Promise<Omit<Taken, "malformed" | "footer">> {
  const broken = await native.run({sql: `select _line, _broken from ${table} where _broken is not null order by _line`, params: []});
  if (broken.length) await native.exec(`create or replace temp table ${table} as select * from ${table} where _broken is null order by rowid`);
  await native.exec(`create or replace temp table ${quoteIdentifier(lines)} as select _line as line from ${table} order by rowid`);
  return {broken: broken.map(({_line, _broken}) => ({position: Number(_line), text: String(_broken)})), lines};
}

async function requireUnique(native: Native, table: string, column: string, head: Head): Promise<void> {
  const rows = await native.run({sql: `select ${column} as value, count(*) as n from ${table} where ${column} is not null group by 1 having count(*) > 1 order by 1`, params: []});
  if (rows.length === 0) return;
  const file = basename(head.path);
  const examples = rows.slice(0, 10).map(({value, n}) => ({file, value: `${String(value)} (${String(n)} rows)`}));
  throw new IntakeError({code: "duplicate_join_key", file, total: rows.length, detail: head.header[Number(column.slice(1))]?.trim(), examples});
}

async function createMap(native: Native, name: string, entries: readonly (readonly [string, string | null])[]): Promise<void> {
  await native.exec(`create temp table ${quoteIdentifier(name)} (key varchar, value varchar)`);
  const values: DuckDBValue[] = entries.flatMap(([key, value]) => [key, value]);
  await native.exec(`insert into ${quoteIdentifier(name)} values ${entries.map(() => "(?, ?)").join(", ")}`, values);
}

/** Runs a statement that makes rows and returns how many. */
const counted = async (native: Native, sql: string, values: readonly string[]): Promise<number> => Number((await native.run({sql, params: values}))[0]?.["Count"]);

/** Runs `use` over the SQL table of a file, transcoded where it must be, and takes the malformed lines and those of its footer. `use` returns how many rows there are. */
async function reading(native: Native, {head, odd, whole}: Feeding, source: SourceDeclaration, scratch: string, use: (table: string) => Promise<number>): Promise<Read> {
  const copy = join(scratch, `${basename(head.path)}.utf8`);
  const rows = {...head, header: head.header.slice(0, head.layers[0]?.first)};
  const marked = `${copy}.marked`;
  let footer = 0;
  const run = async (all: string): Promise<number> => {
    const foot = source.footer && rows.header.length > 1 && formatOf(head).text && head.delimiter !== "" ? await findFooter(all, head, source.footer) : null;
    const path = foot ? `${copy}.cut` : all;
    if (foot) await withoutFooter(all, foot, path);
    footer = foot?.lines ?? 0;
    const marks = odd && (await needsMarks(path, rows));
    if (marks) await markRows(path, rows, marked);
    const table = tableSql(head, marks ? marked : path, rejects, source);
    return use(whole ? `(select * from ${table} where coalesce(${rows.header.map((_, index) => `c${index}`).join(", ")}, '') <> chr(0))` : table);
  };
  let path = head.content;
  if (head.encoding !== "utf-8") await transcode(head.content, head.encoding, (path = copy));
  const unreadable = (error: unknown): IntakeError => new IntakeError({code: "unreadable", file: basename(head.path), format: formatOf(head).title, detail: readably((error as Error).message)});
  let read: number;
  try {
    read = await run(path);
  } catch (error) {
    if (head.format !== "csv" || path === copy || !/state machine|line delimiter|new ?line/i.test(String(error))) throw unreadable(error);
    await dropRejects(native);
    await transcode(head.content, head.encoding, copy);
    read = await run(copy).catch((error: unknown) => Promise.reject(unreadable(error)));
  }
  if (head.format === "json") return {malformed: await malformedJson(native, head), footer};
  return {malformed: head.format === "parquet" ? [] : await takeMalformed(native, rows, read), footer};
}

async function takeMalformed(native: Native, {path, header, delimiter}: Pick<Head, "path" | "header" | "delimiter">, read: number): Promise<Malformed[]> {
  const file = basename(path);
  const [counts] = await native.run({sql: `select count(*) as lines, count(*) filter (error = 'TOO MANY COLUMNS') as wide, arbitrary(csv_line) filter (error = 'TOO MANY COLUMNS') as example from (${malformedSql})`, params: []});
  const [lines, wide] = [Number(counts?.["lines"]), Number(counts?.["wide"])];
  if (wide > 0 && wide * 2 >= read + lines) {
    const cells = Papa.parse<string[]>(lineOf(String(counts?.["example"]), delimiter), {delimiter}).data[0]?.length;
    await dropRejects(native);
    throw new IntakeError({code: "surplus_cells", file, total: wide, of: read + lines, detail: `${cells}, the header has ${header.length}`});
  }
  const rows = lines === 0 ? [] : await native.run({sql: `${malformedSql} order by line`, params: []});
  await dropRejects(native);
  const open = rows.find(({error, csv_line}) => error === "UNQUOTED VALUE" && /\n./.test(String(csv_line)));
  if (open) throw new IntakeError({code: "open_quote", file, total: Number(open["line"])});
  return rows.map(({line, csv_line}) => ({row: Number(line), line: lineOf(String(csv_line), delimiter)}));
}

const malformedSql = `select line, first(error_type order by column_idx) as error, first(csv_line) as csv_line from ${rejects} group by line`;
const lineOf = (line: string, delimiter: string): string => unmarked(line.replace(/^\n/, "").trimEnd(), delimiter);

async function dropRejects(native: Native): Promise<void> {
  await native.exec(`drop table if exists ${rejects}`);
  await native.exec(`drop table if exists ${rejects}_scan`);
}
