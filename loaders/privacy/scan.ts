// Looks through everything that is about to be published for addresses and telephone numbers: every text column of a
// table, every text of a JSON file, every cell of a CSV, every text and attribute of a page.

import {readdir, readFile} from "node:fs/promises";
import {extname, join} from "node:path";
import Papa from "papaparse";
import {filesIn} from "../build/filesIn.js";
import {openNative, quoteIdentifier, quoteText, type Native} from "../native.js";
import {createTally, PrivacyError, type Tally} from "./findings.js";
import {textsOf} from "./htmlTexts.js";
import {allowing, findShapes} from "./shapes.js";

export interface ScanRule {
  /** Shapes that may be published; an asterisk stands for any characters. */
  readonly allow: readonly string[];
  /** Columns of marts whose texts may be published, by name. */
  readonly published: readonly string[];
}

export const strictRule: ScanRule = {allow: [], published: []};

/**
 * Looks through the marts of a finished build, by their names. Returns what the site may then hold: the rule's own list
 * and what stands in columns that are published by name. Throws a PrivacyError.
 */
export async function scanMarts(folder: string, {allow, published}: ScanRule): Promise<string[]> {
  const native = await openNative();
  const known = new Set<string>();
  const tally = createTally(allowing(allow));
  try {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith(".parquet")).sort()) {
      await eachText(native, `read_parquet(${quoteText(join(folder, file))})`, (column, text, rows) => {
        if (published.includes(column)) for (const shape of findShapes(text)) known.add(shape.text.replaceAll("*", ""));
        else tally.add({file: `marts/${file.slice(0, -".parquet".length)}`, column: `column ${column}`}, text, rows);
      });
    }
  } finally {
    native.close();
  }
  refuse(tally);
  return [...allow, ...[...known].sort()];
}

/** Looks through a finished site, every file but code and those that have been `seen` before. Throws a PrivacyError. */
export async function scanSite(folder: string, allow: readonly string[], seen: (file: string) => boolean = () => false): Promise<void> {
  const tally = createTally(allowing(allow));
  const native = await openNative();
  try {
    for (const file of await filesIn(folder)) if (!seen(file)) await readers[extname(file)]?.({native, path: join(folder, file), file, tally});
  } finally {
    native.close();
  }
  refuse(tally);
}

function refuse(tally: Tally): void {
  const findings = tally.findings();
  if (findings.length > 0) throw new PrivacyError(findings);
}

interface Reading {
  readonly native: Native;
  readonly path: string;
  /** Within the site. */
  readonly file: string;
  readonly tally: Tally;
}

const readers: Readonly<Record<string, (reading: Reading) => Promise<void>>> = {
  ".parquet": ({native, path, file, tally}) => eachText(native, `read_parquet(${quoteText(path)})`, (column, text, rows) => tally.add({file, column: `column ${column}`}, text, rows)),
  ".duckdb": async ({native, path, file, tally}) => {
    await native.exec(`attach ${quoteText(path)} as scanned (read_only)`);
    try {
      // What a mart's file stores in pieces, its view puts together.
      const relations = await native.run({sql: "select view_name as name from duckdb_views() where database_name = 'scanned' and not internal union all select table_name from duckdb_tables() where database_name = 'scanned' and not exists (from duckdb_views() where database_name = 'scanned' and not internal) order by 1", params: []});
      for (const {name} of relations) await eachText(native, `scanned.main.${quoteIdentifier(String(name))}`, (column, text, rows) => tally.add({file, column: `column ${column}`}, text, rows));
    } finally {
      await native.exec("detach scanned");
    }
  },
  ".json": async ({path, file, tally}) => addJson(JSON.parse(await readFile(path, "utf8")), "", file, tally),
  ".csv": async ({path, file, tally}) => {
    const {data} = Papa.parse<string[]>(await readFile(path, "utf8"));
    const header = data[0] ?? [];
    const width = data.reduce((widest, {length}) => Math.max(widest, length), 0);
    for (let k = 0; k < width; k++) {
      const texts = new Map<string, number>();
      for (const {[k]: text} of data) if (text) texts.set(text, (texts.get(text) ?? 0) + 1);
      const column = `column ${findShapes(header[k] ?? "").length ? k + 1 : (header[k] ?? k + 1)}`;
      for (const [text, rows] of texts) tally.add({file, column}, text, rows);
    }
  },
  ".html": async ({path, file, tally}) => {
    for (const {place, text} of textsOf(await readFile(path, "utf8"))) tally.add({file, column: place}, text, 1, {formatted: true});
  }
};

/** Single words, and texts without an at sign and with less than six digits, hold nothing, and most texts are such. */
const worthLooking = (column: string): string => `not regexp_full_match(${column}, '\\w*') and (${column} like '%@%' or ${column} like '%\uff20%' or length(regexp_replace(${column}, '\\PN', '', 'g')) >= 6)`;

/** Tells each different text of each text column, with the number of its rows. */
async function eachText(native: Native, relation: string, tell: (column: string, text: string, rows: number) => void): Promise<void> {
  const described = await native.run({sql: `describe select * from ${relation}`, params: []});
  for (const {column_name, column_type} of described) {
    if (!/^(VARCHAR|ENUM|JSON)/.test(String(column_type))) continue;
    const name = String(column_name);
    const sql = `select text, n from (select ${quoteIdentifier(name)}::varchar as text, count(*) as n from ${relation} group by 1) where text is not null and ${worthLooking("text")} order by 1`;
    const found = await native.connection.stream(sql);
    for (let chunk = await found.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await found.fetchChunk()) for (const [text, n] of chunk.getRows()) tell(name, String(text), Number(n));
  }
}

/** Keys of records are texts too; the path of a value leaves positions out. */
function addJson(value: unknown, path: string, file: string, tally: Tally): void {
  if (typeof value === "string") tally.add({file, column: path || "text"}, value);
  else if (Array.isArray(value)) for (const one of value) addJson(one, `${path}[]`, file, tally);
  else if (typeof value === "object" && value !== null)
    for (const [key, one] of Object.entries(value)) {
      tally.add({file, column: `${path || "record"}, name of a field`}, key);
      addJson(one, `${path}${path ? "." : ""}${/^[\w-]{1,40}$/.test(key) ? key : "…"}`, file, tally);
    }
}
