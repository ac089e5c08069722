// Other ways to write the same: the marts must not change by a bit.

import {gzipSync} from "node:zlib";
import {zipSync} from "fflate";
import type {Random} from "../../../loaders/sample/random.js";
import {csvText, formats, readTable, type FormatName, type Table} from "../tables.js";
import type {World} from "../world.js";
import {withFile, type Mutation} from "./define.js";

type Read = Table & {readonly delimiter: string};

/** Rewrites one clean CSV file under its own name: what is inside decides. */
const ofTable = (name: string, write: (table: Read, random: Random) => Uint8Array | Promise<Uint8Array> | undefined, names = /\.csv$/): Mutation => ({
  name,
  async apply(world, random) {
    const tables = [...world.files].flatMap(([path, content]) => {
      const table = names.test(path) ? readTable(content) : undefined;
      return table ? [{path, table}] : [];
    });
    if (tables.length === 0) return undefined;
    const {path, table} = random.pick(tables);
    const bytes = await write(table, random);
    return bytes && withFile(world, path, bytes);
  }
});

const shuffled = <T>(list: readonly T[], random: Random): T[] => list.map((one) => ({one, at: random.next()})).sort((a, b) => a.at - b.at).map(({one}) => one);

/** Text that a workbook holds as it is. */
const plain = ({header, rows}: Table): boolean => [header, ...rows].every((row) => row.every((cell) => !/[\u0000-\u0009\u000b-\u001f]|_x[0-9A-F]{4}_/.test(cell)));

const as = (name: string, format: FormatName, fits: (table: Read) => boolean = () => true): Mutation => ofTable(name, (table) => (fits(table) ? formats[format].write(table) : undefined));

/** The delimiter is found, not declared. */
const free = (world: World): boolean => !/delimiter:|encoding:/.test(world.settings);
const ifFree = ({name, apply}: Mutation): Mutation => ({name, apply: (world, random) => (free(world) ? apply(world, random) : undefined)});

const quotesOnly = (text: string): boolean => !/"[^"]*[\r\n][^"]*"/.test(text);

export const preserving: readonly Mutation[] = [
  ofTable("rows in another order", (table, random) => Buffer.from(csvText({...table, rows: shuffled(table.rows, random)}, table))),
  ofTable("every cell quoted", (table) => Buffer.from(csvText(table, {...table, quotes: true}))),
  ofTable("columns in another order", (table, random) => {
    const order = shuffled(table.header.map((_, index) => index), random);
    return Buffer.from(csvText({header: order.map((at) => table.header[at]!), rows: table.rows.map((row) => order.map((at) => row[at]!))}, table));
  }),
  ofTable("a column more that nobody asks for", (table) => Buffer.from(csvText({header: [...table.header, "zz fuzz"], rows: table.rows.map((row) => [...row, "x"])}, table))),
  ofTable("carriage returns and line feeds", (table) => Buffer.from(csvText(table, {...table, newline: "\r\n"}))),
  ofTable("empty lines between rows", (table, random) => {
    const lines = [table.header, ...table.rows].map((row) => csvText({header: row, rows: []}, table));
    return Buffer.from(lines.map((line) => (random.chance(0.2) ? `${line}\n` : line)).join(""));
  }),
  ofTable("no line end at the end", (table) => Buffer.from(csvText(table, table).replace(/\n$/, ""))),
  ifFree(ofTable("a byte order mark", (table) => Buffer.from(`\ufeff${csvText(table, table)}`))),
  ifFree(ofTable("UTF-16", (table) => Buffer.from(`\ufeff${csvText(table, table)}`, "utf16le"))),
  ifFree(as("semicolons", "semicolons")),
  ifFree(as("tabs", "tsv")),
  ifFree(as("bars, declared in a first line", "declared")),
  ifFree(as("a workbook", "xlsx", plain)),
  {
    name: "gzip or zip",
    apply(world, random) {
      const path = [...world.files.keys()].filter((name) => /\.(csv|tsv)$/.test(name));
      if (path.length === 0) return undefined;
      const one = random.pick(path);
      const bytes = world.files.get(one)!;
      return withFile(world, one, random.chance(0.5) ? gzipSync(bytes) : zipSync({[one.split("/").at(-1)!]: Uint8Array.from(bytes)}, {mtime: "2026-01-01"}));
    }
  },
  {
    name: "a packed file named as such",
    apply(world, random) {
      const paths = [...world.files.keys()].filter((name) => /\.csv$/.test(name));
      if (paths.length === 0 || /type: csv/.test(world.settings) || /files:/.test(world.settings)) return undefined;
      const path = random.pick(paths);
      return {...world, files: new Map([...world.files].map(([name, bytes]) => (name === path ? [`${name}.gz`, gzipSync(bytes)] : [name, bytes])))};
    }
  },
  {
    name: "line feeds to carriage returns",
    apply(world, random) {
      const paths = [...world.files].filter(([name, bytes]) => /\.csv$/.test(name) && readTable(bytes) && quotesOnly(Buffer.from(bytes).toString("utf8"))).map(([name]) => name);
      if (paths.length === 0) return undefined;
      const path = random.pick(paths);
      return withFile(world, path, Buffer.from(Buffer.from(world.files.get(path)!).toString("utf8").replaceAll(/\r\n|\n/g, "\r")));
    }
  },
  {
    name: "a deals file in two",
    apply(world) {
      if (!world.name.startsWith("made")) return undefined;
      const content = world.files.get("exports/deals.csv");
      const table = content && readTable(content);
      if (!table || table.rows.length < 4) return undefined;
      const half = Math.floor(table.rows.length / 2);
      const part = (rows: Table["rows"]): Uint8Array => Buffer.from(csvText({header: table.header, rows}, table));
      const first = withFile(world, "exports/deals.csv", part(table.rows.slice(0, half)));
      return {...withFile(first, "exports/deals2.csv", part(table.rows.slice(half))), settings: world.settings.replace("[deals.csv, more_deals*]", "deals*.csv")};
    }
  }
];
