// Damage to rows, columns and cells of a table that stays a table. How many records it then has is known.

import type {Random} from "../../../loaders/sample/random.js";
import {csvText, readTable, type Table} from "../tables.js";
import type {World} from "../world.js";
import {withFile, type Mutation} from "./define.js";

type Rows = string[][];

/** A mutation of one table in CSV; `change` works on copies and returns the table, or undefined where it cannot. */
const ofTable = (name: string, change: (table: {header: string[]; rows: Rows}, random: Random) => Table | undefined): Mutation => ({
  name,
  apply(world, random) {
    const tables = [...world.files].flatMap(([path, content]) => {
      const table = readTable(content);
      return table ? [{path, table}] : [];
    });
    if (tables.length === 0) return undefined;
    const {path, table} = random.pick(tables);
    const changed = change({header: [...table.header], rows: table.rows.map((row) => [...row])}, random);
    return changed && withFile(world, path, Buffer.from(csvText(changed, {delimiter: table.delimiter})));
  }
});

/** Writes over some cells of one column. */
const ofCells = (name: string, values: readonly string[] | ((cell: string, random: Random) => string)): Mutation =>
  ofTable(name, ({header, rows}, random) => {
    const column = random.int(0, header.length - 1);
    const share = random.pick([0.05, 0.3, 1]);
    for (const row of rows) if (random.chance(share)) row[column] = typeof values === "function" ? values(row[column]!, random) : random.pick(values);
    return {header, rows};
  });

const without = (list: readonly string[], at: number): string[] => list.filter((_, index) => index !== at);
const sign = /\d/;
const dayParts = /(\d{4})-(\d\d)-(\d\d)/;
const long = (length: number): string => "word ".repeat(Math.ceil(length / 5)).slice(0, length);

export const cells: readonly Mutation[] = [
  ofCells("cells emptied", [""]),
  ofCells("odd words for nothing", ["NULL", "null", "N/A", "-", "#N/A", "none", "(none)", "undefined", "NaN", " ", "\u00a0"]),
  ofCells("extreme numbers", ["1e400", "-1e400", "99999999999999999999", "0.0000000000000000000001", "9007199254740993", "-0", "1e-400", "NaN", "Infinity", "-inf", "0x1F", "1_000", "170141183460469231731687303715884105728", "9999999999999999.99", "-9999999999999999.99", "99999999999999999.99"]),
  ofCells("numbers of other countries", (cell, random) => (sign.test(cell) ? random.pick([cell.replace(".", ","), `€ ${cell}`, `${cell} %`, `(${cell})`, `${cell}-`, `1.${cell}`, `1 ${cell}`, `1'${cell}`, `${cell}K`, `$${cell}M`, `１２`, `٣`]) : cell)),
  ofCells("extreme dates", ["0001-01-01", "9999-12-31", "10000-01-01", "294247-01-10", "-0044-03-15", "2025-02-29", "2025-13-01", "2025-00-00", "0000-00-00", "1970-01-01", "2038-01-19 03:14:08", "1582-10-10", "2025-03-30 02:30:00", "2025-10-26 02:30:00", "2025-12-31T23:59:60Z", "2025-01-01T00:00:00+99:99", "infinity", "-infinity", "epoch", "290309-12-22 (BC) 00:00:00"]),
  ofCells("dates in mixed formats", (cell, random) => cell.replace(dayParts, (_, year: string, month: string, day: string) => random.pick([`${day}/${month}/${year}`, `${month}/${day}/${year.slice(2)}`, `${day}.${month}.${year}`, `${year}${month}${day}`, `${day}-Jan-${year}`, "45123", "1700000000", "1700000000000"]))),
  ofCells("hostile text", ["=cmd|' /C calc'!A0", "'); drop table opportunity; --", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "../../etc/passwd", "%s%n%x", "\u202etxt", "😀".repeat(50), "a\u0000b".replace("\u0000", "\u0001"), "$1", "$as_of", "{from}", "?", "[1,2", '{"a":', "line\nbreak", "\r", '"', ",;\t|"]),
  ofCells("lists and objects in cells", ['["a","b"]', "[]", "{}", '{"name":"x","value":1}', '[{"name":"x"}]', "[[[[[]]]]]", "null", "true", "[null]"]),
  ofCells("cells of 100 kB", () => long(100_000)),
  ofTable("a cell of 17 MB", ({header, rows}, random) => {
    if (rows.length === 0) return undefined;
    random.pick(rows)[random.int(0, header.length - 1)] = long(17 << 20);
    return {header, rows};
  }),
  ofCells("ids with blanks and case", (cell, random) => random.pick([` ${cell}`, `${cell} `, cell.toUpperCase(), cell.toLowerCase(), `${cell}\t`, `\u00a0${cell}`, `0${cell}`])),
  ofCells("references to nowhere", ["nowhere", "0", "-1", "00000000-0000-0000-0000-000000000000"]),
  ofTable("rows refer to each other in a circle", ({header, rows}, random) => {
    const [from, to] = [random.int(0, header.length - 1), random.int(0, Math.min(2, header.length - 1))];
    if (rows.length < 2 || from === to) return undefined;
    rows.forEach((row, index) => (row[from] = rows[(index + 1) % rows.length]![to]!));
    return {header, rows};
  }),
  ofTable("every row refers to itself", ({header, rows}, random) => {
    const [from, to] = [random.int(0, header.length - 1), random.int(0, Math.min(2, header.length - 1))];
    for (const row of rows) row[from] = row[to]!;
    return {header, rows};
  }),
  ofTable("rows doubled", ({header, rows}, random) => ({header, rows: rows.flatMap((row) => (random.chance(0.3) ? [row, row] : [row]))})),
  ofTable("rows of one key contradict each other", ({header, rows}, random) => {
    const column = random.int(1, header.length - 1);
    return {header, rows: rows.flatMap((row) => (random.chance(0.3) ? [row, row.map((cell, index) => (index === column ? `${cell}1` : cell))] : [row]))};
  }),
  ofTable("all rows have one key", ({header, rows}, random) => {
    const column = random.int(0, Math.min(1, header.length - 1));
    for (const row of rows) row[column] = "1";
    return {header, rows};
  }),
  ofTable("rows lost", ({header, rows}, random) => ({header, rows: rows.filter(() => random.chance(0.5))})),
  ofTable("no rows", ({header}) => ({header, rows: []})),
  ofTable("blank rows", ({header, rows}, random) => ({header, rows: rows.flatMap((row) => (random.chance(0.2) ? [row, header.map(() => "")] : [row]))})),
  ofTable("rows shifted", ({header, rows}, random) => {
    const column = random.int(0, header.length - 1);
    return {header, rows: rows.map((row) => (random.chance(0.4) ? random.pick([[...row.slice(0, column), "", ...row.slice(column)], without(row, column), [...row, ""], [...row.slice(0, column), "", ...row.slice(column, -1)]]) : row))};
  }),
  ofTable("a total below", ({header, rows}) => ({header, rows: [...rows, ["Total", ...header.slice(1).map(() => "12")]]})),
  ofTable("a title above the header", ({header, rows}) => ({header: ["Report of 2025"], rows: [header, ...rows]})),
  ofTable("the header again among the rows", ({header, rows}, random) => {
    const at = random.int(0, rows.length);
    return {header, rows: [...rows.slice(0, at), header, ...rows.slice(at)]};
  }),
  ofTable("columns in another order", ({header, rows}) => ({header: [...header].reverse(), rows: rows.map((row) => [...row].reverse())})),
  ofTable("contents of two columns swapped", ({header, rows}, random) => {
    const [a, b] = [random.int(0, header.length - 1), random.int(0, header.length - 1)];
    for (const row of rows) [row[a], row[b]] = [row[b]!, row[a]!];
    return {header, rows};
  }),
  ofTable("a column lost", ({header, rows}, random) => {
    const column = random.int(0, header.length - 1);
    return {header: without(header, column), rows: rows.map((row) => without(row, column))};
  }),
  ofTable("a header lost", ({header, rows}, random) => ({header: without(header, random.int(0, header.length - 1)), rows})),
  ofTable("a column doubled", ({header, rows}, random) => {
    const column = random.int(0, header.length - 1);
    return {header: [...header, header[column]!], rows: rows.map((row) => [...row, row[column]!])};
  }),
  ofTable("a column renamed", ({header, rows}, random) => {
    const column = random.int(0, header.length - 1);
    const name = header[column]!;
    header[column] = random.pick([`${name}s`, "", " ", "Érték", name.slice(1), `${name}\n(EUR)`, "'; --", `${name}.x`, "c0", "_why", "id"]);
    return {header, rows};
  }),
  ofTable("300 columns more", ({header, rows}) => {
    const more = Array.from({length: 300}, (_, index) => `more ${index}`);
    return {header: [...header, ...more], rows: rows.map((row) => [...row, ...more])};
  })
];

/** How many records a clean CSV file holds, or undefined where that cannot be told without its reader. */
export function recordsOf(world: World, path: string): number | undefined {
  const content = world.files.get(path);
  return content && readTable(content)?.rows.length;
}
